"""Writes data sets in the formats that researchers open: pure functions from `Dataset`s to bytes, without a clock."""

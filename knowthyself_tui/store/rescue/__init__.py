"""Mending a damaged database: what can be read of it and of its copies, as far as its log proves it."""

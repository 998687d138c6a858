"""Simulated cohorts: students who do not exist play real encounters, for teaching, planning and trying the analysis."""

"""The tables of the cohort: students, encounters, verdicts, acts; columns as the codebook says."""

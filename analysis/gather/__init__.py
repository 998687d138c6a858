"""From a pile of files to one set of rows that can be trusted, with an account of what became of each file."""

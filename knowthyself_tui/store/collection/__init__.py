"""Safe copies of many databases in one folder, with a manifest."""

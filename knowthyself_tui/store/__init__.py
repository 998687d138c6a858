"""The store: one SQLite file a student, written by one thread and read without ever being changed."""

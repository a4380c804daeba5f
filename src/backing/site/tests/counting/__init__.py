"""A kind of long work for the tests: it counts to a number and writes each count into a table."""

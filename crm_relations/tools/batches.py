"""How many records one statement, and one transaction of a job, takes at a time."""

BATCH = 1000

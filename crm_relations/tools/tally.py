"""What a button of a customer counts."""

from collections import namedtuple

# Lines of a model that name the customer in a column, those of a domain; ``lines``: the
# field of the customer that holds them, if there is one.
Tally = namedtuple("Tally", ["model", "column", "domain", "lines"], defaults=[None])

"""The five stars of a relationship, from the worst to the best."""

LEVELS = [
    ("1", "Dissatisfied"),
    ("2", "Not dissatisfied"),
    ("3", "Satisfied"),
    ("4", "Loyal"),
    ("5", "Recommends"),
]

"""The layers through which a customer goes."""

LAYERS = [
    ("potential", "Potential"),
    ("new", "New"),
    ("mature", "Mature"),
    ("loyal", "Loyal"),
    ("dormant", "Dormant"),
    ("lost", "Dormant for good"),
]

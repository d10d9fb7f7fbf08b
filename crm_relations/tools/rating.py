"""The scale on which people judge what cannot be counted."""

RATING = [
    ("1", "Very poor"),
    ("2", "Poor"),
    ("3", "Fair"),
    ("4", "Good"),
    ("5", "Very good"),
]

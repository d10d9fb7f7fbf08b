class NotATable(ValueError):
    """The file holds no table."""

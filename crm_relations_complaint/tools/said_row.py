"""What a row of somebody's table says, by what its columns are."""

# What joins the cells of several columns that are the same.
TEXTS = {
    "subject": " ",
    "facts": "\n",
    "demand": "\n",
    "lot": " ",
    "reference": " ",
    "caller_name": ", ",
    "caller_phone": ", ",
    "caller_email": ", ",
}
STORY = ("subject", "facts", "demand")
# What has no place of its own stands below what happened.
KEPT = ("safety", "note")


class SaidRow:
    """
    :param columns: ``[(name, target)]``
    :param cells: as many texts
    """

    def __init__(self, columns, cells):
        self._said = {}
        for (name, target), cell in zip(columns, cells, strict=True):
            if cell:
                self._said.setdefault(target, []).append((name, cell))

    def get(self, target):
        """Return ``[(name of the column, cell)]`` of what is said of this."""
        return self._said.get(target, [])

    def tells_what_happened(self):
        return any(map(self.get, STORY))

    def get_texts(self):
        """Return ``{target: text}`` of the texts that are said."""
        texts = {
            target: joint.join(cell for _name, cell in self.get(target))
            for target, joint in TEXTS.items()
        }
        kept = [f"{name}: {cell}" for target in KEPT for name, cell in self.get(target)]
        facts = (texts["facts"], "\n".join(kept))
        texts["facts"] = "\n\n".join(filter(None, facts))
        return {target: text for target, text in texts.items() if text}

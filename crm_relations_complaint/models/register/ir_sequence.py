from odoo import models
from odoo.tools import SQL


class IrSequence(models.Model):
    """Many numbers at once: Odoo draws each by three statements."""

    _inherit = "ir.sequence"

    def _draw_many(self, count):
        """Return so many next numbers, by as many statements however many they are; a
        sequence without gaps is asked for each, as its row is locked."""
        self.ensure_one()
        if self.implementation != "standard":
            return [self._next() for _number in range(count)]
        current = self._get_current_sequence()
        room, name = self, f"ir_sequence_{self.id:03d}"
        if current._name != self._name:
            room = self.with_context(ir_sequence_date_range=current.date_from)
            name = f"{name}_{current.id:03d}"
        prefix, suffix = room._get_prefix_suffix()
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", name, count)
        )
        return [f"{prefix}{number:0{self.padding}d}{suffix}" for (number,) in rows]

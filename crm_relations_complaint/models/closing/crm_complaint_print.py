from odoo import fields, models


class CrmComplaint(models.Model):
    """What the handling form and the certificate print."""

    _inherit = "crm.complaint"

    def _get_word(self, record, name):
        """Return the value of a selection of a record in the reader's language."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

    def _tell(self, moment):
        """Return a moment on the clock of who prints it, "" without one."""
        return self.env.user._tell_moment(moment) if moment else ""

    def _get_printed(self):
        """Return who prints this, and when."""
        return self.env._(
            "Printed by %(user)s, %(moment)s",
            user=self.env.user.name,
            moment=self._tell(fields.Datetime.now()),
        )

    def _get_closed_as(self):
        """Return how it ended, in words for the customer, who is told no blame."""
        self.ensure_one()
        if self.state == "closed":
            return self.closing_code_id.name or ""
        return self._get_word(self, "state")

from odoo import fields, models

from ...tools.tact import to_local


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_relations_tz(self):
        """Return the time zone name of the clock that this person looks at."""
        self.ensure_one()
        # Superuser: the time zone of a colleague, and of its company.
        person = self.sudo()
        return person.tz or person.company_id._get_relations_tz()

    def _get_relations_today(self):
        """Return the date that this person has now: what is put into its list is due
        on days of this calendar, whatever day the company or the server has."""
        return to_local(fields.Datetime.now(), self._get_relations_tz()).date()

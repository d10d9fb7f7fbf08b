from odoo import fields, models
from odoo.tools import format_datetime

from ...tools.tact import to_local


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_archive(self):
        """Odoo deletes the activities of who leaves before it writes: be earlier."""
        self.filtered("active")._before_leaving()
        return super().action_archive()

    def write(self, vals):
        """Whoever writes it, also over the API: who is archived leaves."""
        if not vals.get("active", True):
            self.filtered("active")._before_leaving()
        return super().write(vals)

    def _before_leaving(self):
        """Hook: pass on what these users have to do; they are about to be archived.
        Called twice where it is by the button."""

    def _get_leader(self):
        """Return who leads the team of this person; nobody where there is no team."""
        return self.sale_team_id.user_id

    def _is_led_by(self, user):
        """Return whether ``user`` leads the team of this person and decides for it: a
        leader without that role only stands on the team."""
        manages = user.has_group("crm_relations.group_sales_manager")
        return manages and self._get_leader() == user

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

    def _tell_moment(self, moment, dt_format="medium"):
        """Return a moment (naive UTC) in words, on the clock of this person; where it
        has none, or is a job, on that of the company, as the days are that it is told.
        """
        # Superuser: the time zone of a colleague.
        zone = self.sudo().tz or self.env.company._get_relations_tz()
        return format_datetime(self.env, moment, tz=zone, dt_format=dt_format)

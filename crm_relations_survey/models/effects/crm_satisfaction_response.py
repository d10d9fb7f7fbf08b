from odoo import api, models
from odoo.tools import SQL


class CrmSatisfactionResponse(models.Model):
    """A line in the timeline of the customer, and points for who is in a club."""

    _inherit = "crm.satisfaction.response"

    def _answered(self):
        result = super()._answered()
        told = self.filtered("partner_id")
        # One for each answer: who has given two stands there twice.
        people = self.env["res.partner"].browse(
            (one.person_id or one.partner_id).id for one in told
        )
        people._earn_in_clubs("survey", told)
        return result

    @api.model
    def _find_latest(self, domain):
        """Return the latest answer of each customer among those of the domain that the
        caller may read; one query."""
        self.flush_model(["partner_id", "answered_at"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (partner_id) id FROM crm_satisfaction_response
                 WHERE id IN %s
              ORDER BY partner_id, answered_at DESC NULLS LAST, id DESC
                """,
                self._search(domain).subselect(),
            )
        )
        return self.browse(number for (number,) in rows)

    def _get_history_line(self):
        # Superuser: names of studies and colleagues.
        response = self.sudo()
        return {
            "date": response.partner_id._format_history_moment(response.answered_at),
            "title": response._tell_result(),
            "text": response.comment or "",
            "by": response.user_id.name or "",
            "res_model": self._name,
            "res_id": self.id,
        }

    def _tell_result(self):
        """Return study and points in words: Purchase: 82 of 100."""
        self.ensure_one()
        if not self.has_points:
            return self.study_id.name or ""
        return self.env._(
            "%(study)s: %(points)s of 100",
            study=self.study_id.name,
            points=round(self.points),
        )

    def _tell_short(self):
        """Return points and day of this answer, as far as there are any."""
        self.ensure_one()
        day = self.env.user._tell_day(self.answered_on, "short")
        if not self.has_points:
            return day
        return self.env._(
            "%(points)s of 100, %(day)s", points=round(self.points), day=day
        )

    def _pass_on_loop(self, leavers):
        """Give these low answers to who settles them without the leavers."""
        for response in self:
            heir = response._get_settler(leavers)
            response.loop_user_id = heir
            if heir and response.loop_activity_id:
                response.loop_activity_id.user_id = heir

    def action_call(self):
        """Ring who has answered, or the customer."""
        self.ensure_one()
        return (self.person_id or self.partner_id).action_call()

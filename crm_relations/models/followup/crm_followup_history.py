from odoo import models

from ...tools.sentences import join_label


class CrmFollowup(models.Model):
    _inherit = "crm.followup"

    def _get_history_line(self):
        """Return what the timeline of the customer shows: what was said, with whom."""
        # Superuser: names of colleagues, kinds and contacts, to who may read the line.
        followup = self.sudo()
        feedback = followup.feedback and self.env._(
            "Customer: %(words)s", words=followup.feedback
        )
        minutes = followup.duration_minutes
        person = followup.partner_id - followup.customer_id
        by = [
            followup.user_id.name,
            person and self.env._("with %(person)s", person=person.name),
            minutes and self.env._("%(minutes)s min", minutes=minutes),
        ]
        return {
            "date": followup.customer_id._format_history_moment(followup.date),
            "title": join_label(self.env, followup.kind_id.name, followup.purpose),
            "text": "\n".join(filter(None, [followup.content, feedback])),
            "by": " · ".join(filter(None, by)),
            "res_model": self._name,
            "res_id": self.id,
        }

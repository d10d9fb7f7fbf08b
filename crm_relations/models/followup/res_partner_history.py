from odoo import api, models

VISITS = ("visit", "reception")
CALLS = ("call", "missed_call")
# Babel takes the first of a tuple that follows a term for a term.
VISITED = [("kind_id.channel", "in", VISITS)]
CALLED = [("kind_id.channel", "in", CALLS)]
MET = [("kind_id.channel", "not in", VISITS + CALLS)]


class ResPartner(models.Model):
    """Contacts come first in the timeline: what was said."""

    _inherit = "res.partner"

    @api.model
    def _get_history_ledgers(self):
        shown = {
            "followup": (
                self.env._("Meetings and Messages"),
                "fa-comments-o",
                MET,
            ),
            "visit": (
                self.env._("Visits"),
                "fa-map-marker",
                VISITED,
            ),
            "call": (
                self.env._("Calls"),
                "fa-phone",
                CALLED + self._get_calls_told_domain(),
            ),
        }
        return {
            **{
                code: self._prepare_contact_ledger(*values)
                for code, values in shown.items()
            },
            **super()._get_history_ledgers(),
        }

    @api.model
    def _get_calls_told_domain(self):
        """Return which calls are told as such; another ledger may tell the others."""
        return []

    @api.model
    def _prepare_contact_ledger(self, label, icon, domain):
        return {
            "label": label,
            "icon": icon,
            "model": "crm.followup",
            "date": "date",
            "partner": "customer_id",
            "domain": domain,
            "texts": ["purpose", "content", "feedback"],
        }

from odoo import models

from ...tools.counted import tell_days


class CrmReason(models.AbstractModel):
    """Why a customer is called back."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {
            "callback_visit/source": "crm.followup",
            "callback_delivery/source": "sale.order",
            "callback_lost/source": "crm.lost.customer",
            "callback_care/source": "crm.care.rule",
            "callback_asked/source": "res.users",
        }

    def _sentence_callback_visit(self, facts):
        return self.env._(
            "Visit on %(day)s, nothing ordered since.",
            day=self._format_day(facts.get("at")),
        )

    def _sentence_callback_delivery(self, facts):
        order = self._get_linked(facts, "source")
        return self.env._(
            "Order %(order)s was delivered on %(day)s.",
            order=order.name or "",
            day=self._format_day(facts.get("at")),
        )

    def _sentence_callback_complaint(self, facts):
        return self.env._(
            "A complaint was closed on %(day)s.", day=self._format_day(facts.get("at"))
        )

    def _sentence_callback_interval(self, facts):
        if facts.get("key", "").startswith("uncalled-"):
            return self.env._(
                "Not called back for %(days)s or more, the interval of the tier.",
                days=tell_days(self.env, facts.get("source")),
            )
        return self.env._(
            "No contact for %s or more.", tell_days(self.env, facts.get("source"))
        )

    def _sentence_callback_dormant(self, facts):
        return self.env._(
            "Dormant since %(day)s or before.", day=self._format_day(facts.get("at"))
        )

    def _sentence_callback_lost(self, facts):
        lost = self._get_linked(facts, "source")
        return self.env._(
            "Registered as lost: %(reason)s.", reason=lost.reason_id.name or ""
        )

    def _sentence_callback_asked(self, facts):
        user = self._get_linked(facts, "source")
        return self.env._("Asked for by %(user)s.", user=user.name or "")

    def _sentence_callback_care(self, facts):
        rule = self._get_linked(facts, "source")
        return self.env._("Care: %(rule)s.", rule=rule.name or "")

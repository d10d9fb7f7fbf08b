from datetime import datetime

from odoo import models

from ....tools.counted import tell_days


class CrmReason(models.AbstractModel):
    """Why a customer is cared for after, or before, something happens."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {
            "broadcast": "crm.care.broadcast",
            "care_event/id": "*model",
        }

    def _sentence_care_event(self, facts):
        values = {"record": self._get_event_name(facts), "when": self._get_when(facts)}
        method = getattr(self, f"_care_event_{facts.get('trigger')}", None)
        if method:
            return method(values)
        return self.env._("%(record)s: %(when)s.", **values)

    def _care_event_order_confirmed(self, values):
        return self.env._("%(record)s was confirmed on %(when)s.", **values)

    def _care_event_delivery_planned(self, values):
        return self.env._("%(record)s is to be delivered on %(when)s.", **values)

    def _care_event_delivered(self, values):
        return self.env._("%(record)s was delivered on %(when)s.", **values)

    def _care_event_first_delivery(self, values):
        return self.env._(
            "%(record)s, the first order, was delivered on %(when)s.", **values
        )

    def _care_event_visit_left(self, values):
        return self.env._("A visit ended on %(when)s.", **values)

    def _care_event_membership_end(self, values):
        return self.env._("The membership card expires on %(when)s.", **values)

    def _sentence_care_silence(self, facts):
        return self.env._(
            "No contact since %(since)s, on %(day)s for %(days)s.",
            since=self._format_day(facts.get("since")),
            days=tell_days(self.env, facts.get("days")),
            day=self._format_day(facts.get("day")),
        )

    def _sentence_care_broadcast(self, facts):
        broadcast = self._get_linked(facts, "broadcast")
        return broadcast.name or facts.get("name") or ""

    def _get_event_name(self, facts):
        """Return what happened to; only names that are read without rights of their
        own are told, else what kind of record it is."""
        model = facts.get("model")
        if not model or model not in self.env:
            return ""
        if model == "sale.order":
            order = self._get_linked(facts, "id")
            return self.env._("Order %(name)s", name=order.name or "")
        # A date of any record is said by its label: the kind of record says nothing.
        field = self.env[model]._fields.get(facts.get("field"))
        if field and facts.get("trigger") == "date_field":
            return field._description_string(self.env)
        return self.env["ir.model"]._get(model).name

    def _get_when(self, facts):
        moment = facts.get("moment")
        if not moment:
            return self._format_day(facts.get("day"))
        return self.env.user._tell_moment(datetime.fromisoformat(moment), "short")

from odoo import models

from ...tools.arguments import Answers, Text


class CrmConcession(models.Model):
    """What the customer gives in return: owed, then fulfilled or waived."""

    _inherit = "crm.concession"

    def fulfil(self) -> Answers:
        """Record that the customer has given what it owed for these.

        Whoever works with the customer may.

        :return: as ``ask``; blocked: nothing is owed
        """
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_not_in_charge()
        )
        taken = self._leave_out_settled(refusals, taken)
        taken._settle("fulfilled")
        return self._answer_each(refusals, self.env._("Fulfilled."))

    def waive(self, reason: Text = "") -> Answers:
        """Waive what the customer owes for these.

        Whoever may approve them: never who has asked for them.

        :param reason: why; kept
        :return: as ``fulfil``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_no_deciders()
        )
        taken = self._leave_out_settled(refusals, taken)
        taken._settle("waived", waive_reason=reason.strip())
        return self._answer_each(refusals, self.env._("Waived."))

    def action_fulfil(self):
        return self._show_answers(self.fulfil())

    def action_waive(self):
        """Ask why, and waive."""
        wizard = self.env["crm.refusal.wizard"]._open_for(self)
        return wizard | {"name": self.env._("Waive")}

    def _refuse_where_seen(self, reason):
        granted = self.filtered(lambda one: one.state == "approved")
        if granted:
            return self._show_answers(granted.waive(reason))
        return super()._refuse_where_seen(reason)

    def _get_given(self):
        """The discount of a confirmed order is given, and what was given in return
        stays on record."""
        given = super()._get_given()
        for one in self:
            if one.is_counted and one.order_id.state == "sale":
                given[one.id] = self.env._(
                    "%(order)s is confirmed: the customer has got this discount.",
                    order=one.order_id.name,
                )
            elif one.counter_state in ("fulfilled", "waived"):
                given[one.id] = self.env._(
                    "What the customer owed for it is settled: it stays as it is."
                )
        return given

    def _leave_out_settled(self, refusals, taken):
        settled = taken.filtered(lambda one: one.counter_state != "owed")
        word = self.env._("The customer owes nothing for it.")
        return taken._leave_out(refusals, dict.fromkeys(settled.ids, word))

    def _settle(self, state, **values):
        self.write(
            {
                "counter_state": state,
                "counter_done_on": self.env.user._get_relations_today(),
                "counter_done_by_id": self.env.uid,
                **values,
            }
        )

from odoo import models

from odoo.addons.crm_relations.tools.arguments import Answers, Text

from .crm_complaint import OPEN

IN_HAND = ("new", "handling")


class CrmComplaint(models.Model):
    """What the customer is told on the way: contact, plan, decision."""

    _inherit = "crm.complaint"

    def record_contact(self, note: Text = "") -> Answers:
        """Write down that the customer was spoken to.

        :param note: what was said
        :return: answers; codes: ok, missing, no_right, blocked
        """
        refusals, taken = self._take(OPEN)
        taken._record("contacted", note=note)
        return self._answer(refusals, self.env._("Contact recorded."))

    def tell_plan(self, plan: Text) -> Answers:
        """Write down which plan of the solution the customer was told.

        :param plan: what will be done, by when
        :return: answers; codes: ok, missing, no_right, blocked
        """
        self._check_reason(plan)
        refusals, taken = self._take(IN_HAND)
        taken.plan = plan
        taken._record("planned", note=plan)
        return self._answer(refusals, self.env._("Plan recorded."))

    def tell_decision(self, decision: Text) -> Answers:
        """Write down which decision the customer was told (ISO 10002, 7.8).

        :param decision: in words
        :return: answers; codes: ok, missing, no_right, blocked
        """
        self._check_reason(decision)
        refusals, taken = self._take(OPEN)
        taken._record("decided", note=decision)
        return self._answer(refusals, self.env._("Decision recorded."))

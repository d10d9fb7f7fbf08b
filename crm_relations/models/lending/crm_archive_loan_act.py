from odoo import models

DECIDED = ("state", "decided_by_id", "decided_at", "refusal_reason")


class CrmArchiveLoan(models.Model):
    """Buttons; a decision can be taken back for some seconds."""

    _inherit = "crm.archive.loan"

    def action_approve(self):
        return self._decide_where_seen(self.approve)

    def action_revoke(self):
        """Ask for the reason, and revoke."""
        return self.env["crm.refusal.wizard"]._open_to_revoke(self)

    def _refuse_where_seen(self, reason):
        """Called by the wizard that asks for the reason."""
        if any(loan.state == "asked" for loan in self):
            return self._decide_where_seen(self.refuse, reason)
        return self._show_answers(self.revoke(reason))

    def _decide_where_seen(self, decide, *args):
        """Call ``decide``; where all went well, offer to undo it."""
        acts = self.env["crm.act"]
        before = acts._look_at([(self, DECIDED)])
        answers = decide(*args)
        if not answers or not all(answer["ok"] for answer in answers):
            return self._show_answers(answers)
        act = acts._keep(self, before, right="_filter_decidable")
        done = {answer["message"] for answer in answers}.pop()
        # Superuser: whoever decided on them knows whose they are.
        return act._tell(f"{done} {self.sudo().partner_id._get_names_in_short()}")

    def action_give_back(self):
        return self._show_answers(self.give_back())

    def action_extend(self):
        """Ask until when it is to go on, and what for."""
        self.ensure_one()
        return self.env["crm.archive.loan.wizard"]._open_for_extension(self)

    def action_open_lent(self):
        """Open the person profiles, or else the documents, that are lent."""
        self.ensure_one()
        name = "crm_person_profile_action"
        if not self.with_profiles:
            name = "crm_customer_document_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(f"crm_relations.{name}")
        return action | {
            "domain": [("customer_id", "=", self.partner_id.id)],
            "context": {"create": False, "edit": False},
        }

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

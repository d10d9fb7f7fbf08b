from odoo import models

from odoo.addons.crm_relations.tools.arguments import Answers, Id, Text

from .crm_complaint import OPEN


class CrmComplaint(models.Model):
    """Two complaints that are one are merged; what the customer takes back is
    withdrawn. Nothing is deleted."""

    _inherit = "crm.complaint"

    def merge_into(self, complaint_id: Id) -> Answers:
        """Merge these complaints into another one, which is open: messages, files and
        followers go there, these stay as a trace of it.

        :return: answers; codes: ok, missing, no_right, blocked (of another company, not
            open, or itself)
        """
        target = self.browse(complaint_id or []).exists()
        both = (self | target).sorted("id")
        refusals, taken = both._take(OPEN)
        if not target or target.id not in taken.ids:
            problem = self.env._("Choose an open complaint that you work on.")
            return self._answer(dict.fromkeys(self.ids, ("blocked", problem)), "")
        # Superuser: locked for the act, who may was asked.
        target = target.sudo()
        sources = taken - target
        refusals[target.id] = (
            "blocked",
            self.env._("A complaint is not merged into itself."),
        )
        for complaint in sources.filtered(
            lambda one: one.company_id != target.company_id
        ):
            problem = self.env._("It belongs to another company.")
            refusals[complaint.id] = ("blocked", problem)
            sources -= complaint
        sources._move_into(target)
        return self._answer(
            refusals, self.env._("Merged into %(number)s.", number=target.name)
        )

    def _move_into(self, target):
        """Leave what was said and sent with the target, as superuser."""
        for complaint in self:
            complaint._move_files(target)
            target.message_subscribe(complaint.message_partner_ids.ids)
            target.message_post(
                body=self.env._(
                    "%(number)s was merged into this one: %(subject)s",
                    number=complaint.name,
                    subject=complaint.subject,
                )
            )
            if not target.partner_id:
                target.write(complaint._prepare_customer_vals())
        self._end_handovers("lapsed")
        self.write(
            {"state": "merged", "merged_into_id": target.id, "waiting_for_id": False}
        )
        # What was merged into these before is followed to where it is now.
        earlier = self.search([("merged_into_id", "in", self.ids)])
        earlier.merged_into_id = target
        self._record("merged", note=target.name)

    def _move_files(self, target):
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        files.write({"res_id": target.id})

    def _prepare_customer_vals(self):
        return {
            "partner_id": self.partner_id.id,
            "person_id": self.person_id.id,
        }

    def _get_merged_target(self):
        """Return the complaint that this one has become, itself if it was not merged:
        where replies to it belong."""
        self.ensure_one()
        return self.merged_into_id or self

    def _get_with_merged(self):
        """Return ``{complaint: it and those merged into it}``, as superuser: what is
        theirs is its."""
        # Superuser: what was merged, whoever may open it.
        complaints = self.sudo()
        merged = complaints.search([("merged_into_id", "in", self.ids)])
        found = merged.grouped("merged_into_id")
        return {
            one: one.sudo() | found.get(one.sudo(), complaints.browse()) for one in self
        }

    def withdraw(self, reason: Text) -> Answers:
        """End these complaints, since the customer takes them back.

        :return: answers; codes: ok, missing, no_right, blocked
        """
        self._check_reason(reason)
        refusals, taken = self._take(OPEN)
        taken._end_handovers("lapsed")
        taken.write({"state": "withdrawn", "waiting_for_id": False})
        taken._record("withdrawn", note=reason)
        return self._answer(refusals, self.env._("Withdrawn."))

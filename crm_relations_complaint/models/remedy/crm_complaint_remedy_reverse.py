from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from odoo.addons.crm_relations.tools.arguments import Answers, Text

from .crm_complaint_remedy_right import APPROVER, MANAGER


class CrmComplaintRemedy(models.Model):
    """What was booked is not edited: it is reversed."""

    _inherit = "crm.complaint.remedy"

    def reverse(self, reason: Text = "") -> Answers:
        """Take back what was booked: a credit note in draft is cancelled, a posted one
        is met by a draft invoice, a coupon that nobody has used is emptied.

        Approvers and complaint managers may.

        :param reason: why; kept
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (not booked, the coupon is used, no reason)
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(
            ("booked",), lambda known: known._get_no_reversers()
        )
        for remedy in taken:
            try:
                with self.env.cr.savepoint():
                    remedy._reverse(reason.strip())
            except UserError as error:
                refusals[remedy.id] = ("blocked", str(error))
        return self._answer_each(refusals, self.env._("Reversed."))

    def _get_no_reversers(self):
        user = self.env.user
        if user.has_group(APPROVER) or user.has_group(MANAGER):
            return {}
        message = self.env._("Approvers of remedies and complaint managers reverse.")
        return dict.fromkeys(self.ids, message)

    def _reverse(self, reason):
        self.ensure_one()
        reversal = self._reverse_credit_note(reason)
        self._empty_coupon()
        self.write(
            {
                "state": "reversed",
                "reversed_at": fields.Datetime.now(),
                "reversed_by_id": self.env.uid,
                "reversal_reason": reason,
                "reversal_id": reversal.id,
            }
        )
        self.complaint_id._granted_changed()

    def _reverse_credit_note(self, reason):
        """Return the draft invoice that meets a posted credit note; as superuser, who
        takes a remedy back need not keep the books."""
        move = self.move_id.sudo().with_company(self.company_id)
        if move.state == "draft":
            move.button_cancel()
        if move.state != "posted":
            return move.browse()
        return move._reverse_moves([{"ref": f"{self.complaint_id.name} · {reason}"}])

    def _empty_coupon(self):
        # Superuser: as when it was made.
        card = self.card_id.sudo()
        if not card:
            return
        issued = sum(card.history_ids.mapped("issued"))
        if float_compare(card.points, issued, precision_digits=2) < 0:
            raise UserError(
                self.env._("The coupon has been used already: it stays booked.")
            )
        card.env["loyalty.history"].create(
            {
                "card_id": card.id,
                "description": self.env._(
                    "Complaint %s, taken back", self.complaint_id.name
                ),
                "used": card.points,
            }
        )
        card.write({"points": 0, "active": False})

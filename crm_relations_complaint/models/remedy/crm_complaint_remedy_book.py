from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_relations.tools.arguments import Answers

OF_VALUE = ("gift_card", "ewallet")


class CrmComplaintRemedy(models.Model):
    """Booking makes what was approved: a draft credit note, a coupon."""

    _inherit = "crm.complaint.remedy"

    def book(self) -> Answers:
        """Book these approved remedies: the credit note is made as a draft for the
        bookkeepers, the coupon at once; of other kinds it is kept that they were given.

        Who answers for the complaint and complaint officers may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (not approved, or why it cannot be booked)
        """
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_not_in_charge()
        )
        for remedy in taken:
            try:
                with self.env.cr.savepoint():
                    remedy._book()
            except UserError as error:
                refusals[remedy.id] = ("blocked", str(error))
        return self._answer_each(refusals, self.env._("Booked."))

    def _book(self):
        self.ensure_one()
        made = {}
        if self.books == "credit_note":
            made["move_id"] = self._create_credit_note().id
        elif self.books == "coupon":
            made["card_id"] = self._create_coupon().id
        self.write(
            {
                "state": "booked",
                "booked_at": fields.Datetime.now(),
                "booked_by_id": self.env.uid,
                **made,
            }
        )

    def _create_credit_note(self):
        """Return the draft credit note, as superuser: whoever books an approved remedy
        need not keep the books, and a draft moves no money."""
        room = self.env["account.move"].with_company(self.company_id).sudo()
        return room.create(self._prepare_credit_note_vals())

    def _prepare_credit_note_vals(self):
        complaint, invoice = self.complaint_id, self.invoice_id
        partner = (
            invoice.partner_id
            or self.order_id.partner_invoice_id
            or self.partner_id.browse(
                self.partner_id.address_get(["invoice"])["invoice"]
            )
        )
        return {
            "move_type": "out_refund",
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "reversed_entry_id": invoice.id,
            "invoice_origin": self.order_id.name or invoice.name,
            "ref": complaint.name,
            "invoice_line_ids": [
                fields.Command.create(
                    {
                        "name": f"{complaint.name} · {self.reason}",
                        "quantity": 1,
                        "price_unit": self.amount,
                        # The amount is what the customer gets.
                        "tax_ids": [fields.Command.clear()],
                    }
                )
            ],
        }

    def _create_coupon(self):
        """Return the coupon, as superuser: whoever books an approved remedy need not
        run the coupon programs."""
        program = self.program_id.sudo()
        points = self.amount if program.program_type in OF_VALUE else 1
        if points == self.amount and program.currency_id != self.currency_id:
            raise UserError(
                self.env._(
                    "The program counts in %(theirs)s, the remedy in %(ours)s.",
                    theirs=program.currency_id.name,
                    ours=self.currency_id.name,
                )
            )
        card = program.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "partner_id": self.partner_id.id,
                "points": points,
            }
        )
        card.env["loyalty.history"].create(
            {
                "card_id": card.id,
                "description": self.env._("Complaint %s", self.complaint_id.name),
                "issued": points,
            }
        )
        return card

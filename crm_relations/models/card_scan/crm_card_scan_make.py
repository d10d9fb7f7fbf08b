from odoo import models
from odoo.exceptions import UserError

from .crm_card_scan_known import COMPANY, PERSON


class CrmCardScan(models.Model):
    """Make the contacts, once somebody has seen what they will be."""

    _inherit = "crm.card.scan"

    def action_confirm(self):
        """Make, or complete, the person and the company. Who turns out to be here
        already, and was not shown, is shown first.

        :raise UserError: there is nobody on the card, or Odoo refuses a contact
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("read")
        if not (self.name or self.company_name):
            raise UserError(self.env._("Write the name of the person or the company."))
        if self._look_up():
            return self._tell(
                self.env._("Somebody is here already: look at what becomes of it."),
                {"type": "ir.actions.client", "tag": "soft_reload"},
            )
        self._decide()
        self.import_id.action_import()
        lines = self.import_id.line_ids
        if errors := [line.error for line in lines if line.error]:
            raise UserError("\n".join(errors))
        person, company = self._get_made(PERSON), self._get_made(COMPANY)
        self._keep_picture(person or company)
        # Superuser: what became of a scan is written by the scan alone.
        self.sudo().write(
            {
                "state": "done",
                "partner_id": (person or company).id,
                "picture": False,
                "sources": False,
                "card": False,
            }
        )
        return self.action_open_contact()

    def _decide(self):
        for line in self.import_id.line_ids:
            decision = self._get_decision(line.number)
            if decision == "complete" and not line.match_id:
                raise UserError(
                    self.env._("You may not open who is here: leave it out, or create.")
                )
            line.decision = decision
        if self.company_name and self._get_decision(COMPANY) == "skip":
            self._leave_company_out()

    def _get_decision(self, number):
        decided = self.person_decision if number == PERSON else self.company_decision
        return decided or "create"

    def _leave_company_out(self):
        """Keep the person without its company, whose name goes into the notes."""
        person = self.import_id.line_ids.filtered(lambda line: line.number == PERSON)
        told = (self.env._("Company"), self.company_name)
        if person:
            card = person.card
            # Superuser: what stands on the cards is written by the import alone.
            person.sudo().write(
                {
                    "company_name": False,
                    "card": {**card, "others": [*card["others"], told]},
                }
            )

    def _get_made(self, number):
        line = self.import_id.line_ids.filtered(lambda line: line.number == number)
        return line.partner_id

    def _keep_picture(self, partner):
        """Keep the picture with the contact, with its rights, if that is wanted."""
        if not (self.keeps_picture and self.picture and partner):
            return
        self.env["ir.attachment"].create(
            {
                "name": self.picture_name or self.env._("Business card"),
                "datas": self.with_context(bin_size=False).picture,
                "res_model": "res.partner",
                "res_id": partner.id,
            }
        )

    def action_undo(self):
        """Delete whom the scan has made, unless somebody has worked with them."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("done")
        if not self.import_id:
            raise UserError(self.env._("It is too long ago to take it back."))
        result = self.import_id.action_undo()
        # Superuser: as above.
        self.sudo().write({"state": "read", "partner_id": False, "import_id": False})
        return result

    def _tell(self, message, following):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "warning", "message": message, "next": following},
        }

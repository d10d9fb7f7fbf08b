from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CrmArchiveProposalWizard(models.TransientModel):
    """The archive of a customer or contact, as the caller reads it, with a column for
    what should stand there. Each line that is filled in becomes a proposal."""

    _name = "crm.archive.proposal.wizard"
    _description = "Propose changes of an archive"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Archive Of",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    note = fields.Char(
        string="Reason", help="Why, or how you know: whoever decides reads it."
    )
    line_ids = fields.One2many(
        comodel_name="crm.archive.proposal.line", inverse_name="wizard_id"
    )

    @api.model
    def _open_for(self, partner):
        """Return a wizard with a line for each field that the caller may read."""
        partner.check_access("read")
        proposals = self.env["crm.archive.proposal"]
        proposable = partner._get_proposable_fields().values()
        places = self._get_places()
        shown = sorted(
            proposable,
            key=lambda field: (
                places.get(field.name, len(places)),
                proposals._get_label(field),
            ),
        )
        return self.create(
            {
                "partner_id": partner.id,
                "line_ids": [
                    Command.create(
                        {
                            "field_name": field.name,
                            "old_value": proposals._get_text_of(partner, field),
                        }
                    )
                    for field in shown
                ],
            }
        )

    @api.model
    def _get_places(self):
        """Return ``{field name: place}`` in the form of the customer, top to bottom."""
        view = self.env.ref("crm_relations.crm_customer_view_form")
        arch = self.env["res.partner"].get_view(view.id, "form")["arch"]
        # Where it is typed: what is only shown stands on the first page as well.
        typed = etree.fromstring(arch).xpath("//field[not(@readonly='1')]")
        names = [node.get("name") for node in typed]
        return {name: place for place, name in enumerate(dict.fromkeys(names))}

    def action_propose(self):
        """Make a proposal of each line that says something else."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.new_value or line.is_emptied)
        if not lines:
            raise UserError(
                self.env._("Nothing is proposed: say what should stand somewhere.")
            )
        if not (self.note or "").strip():
            raise UserError(self.env._("Give the reason: how do you know?"))
        self.env["crm.archive.proposal"].create(
            [
                {
                    "partner_id": self.partner_id.id,
                    "field_name": line.field_name,
                    "new_value": line._get_proposed(),
                    "note": self.note.strip(),
                }
                for line in lines
            ]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Proposed: %(count)s changes. Whoever looks after the archive "
                    "decides.",
                    count=len(lines),
                )
                if len(lines) > 1
                else self.env._("Proposed. Whoever looks after the archive decides."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

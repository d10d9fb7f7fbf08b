from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...models.handover.crm_customer_share import ROLES


class CrmShareWizard(models.TransientModel):
    """Ask with whom, until when, and what for."""

    _name = "crm.share.wizard"
    _description = "Share customers"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Share With",
        required=True,
        domain="[('share', '=', False)]",
        index=True,
    )
    role = fields.Selection(selection=ROLES, required=True, default="assist")
    until = fields.Date(
        help="The last day of access. Empty: until somebody ends the share."
    )
    purpose = fields.Char()

    @api.constrains("until")
    def _check_until(self):
        today = self.env["res.company"]._get_earliest_today()
        if any(wizard.until and wizard.until < today for wizard in self):
            raise ValidationError(
                self.env._("The last day of the share has passed already.")
            )

    def action_apply(self):
        """Share, and say how it went; a single refusal stands as an error."""
        self.ensure_one()
        answers = self.partner_ids.share_with(
            self.user_id.id, self.until, self.role, self.purpose
        )
        refused = [answer for answer in answers if not answer["ok"]]
        if refused and len(refused) == len(answers):
            raise UserError("\n".join(self._get_refusals(refused)))
        message = self.env._(
            "Customers shared with %(user)s: %(done)s.",
            done=len(answers) - len(refused),
            user=self.user_id.name,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": "\n".join([message, *self._get_refusals(refused)]),
                "type": "warning" if refused else "success",
                "sticky": bool(refused),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_refusals(self, refused, most=10):
        """Return a line for each customer refused, not more than a screen holds."""
        names = self.env["res.partner"].browse(
            answer["id"] for answer in refused[:most]
        )
        lines = [
            self.env._(
                "%(customer)s: %(message)s",
                customer=partner.display_name,
                message=answer["message"],
            )
            for partner, answer in zip(names, refused, strict=False)
        ]
        if len(refused) > most:
            left = len(refused) - most
            lines.append(self.env._("and %(count)s more", count=left))
        return lines

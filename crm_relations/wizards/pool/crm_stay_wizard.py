from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...models.pool.crm_pool_stay import KINDS
from ...models.pool.res_company_stay import MOST_DAYS

PROTECTION_DAYS = 30


class CrmStayWizard(models.TransientModel):
    """Ask why customers are to stay, and how long."""

    _name = "crm.stay.wizard"
    _description = "Keep customers"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    days = fields.Integer(
        required=True,
        help="An extension begins on the day on which the customer would leave, a "
        "protection today.",
    )
    reason = fields.Char(required=True)

    @api.constrains("days")
    def _check_days(self):
        if not all(1 <= wizard.days <= MOST_DAYS for wizard in self):
            raise ValidationError(
                self.env._("A customer is kept for 1 to %(most)s days.", most=MOST_DAYS)
            )

    @api.model
    def _open_for(self, partners, kind, title):
        days = PROTECTION_DAYS
        if kind == "extension":
            # Superuser: a setting of the company.
            companies = {partner._get_stay_company() for partner in partners.sudo()}
            days = min((own.pool_extension_days for own in companies), default=7)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "crm.stay.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_partner_ids": partners.ids,
                "default_kind": kind,
                "default_days": days,
            },
        }

    def action_apply(self):
        """Ask, and say how it went; refusals of all stand as an error."""
        self.ensure_one()
        if self.kind == "extension":
            answers = self.partner_ids.pool_extend(self.reason, self.days)
        else:
            answers = self.partner_ids.pool_protect(self.days, self.reason)
        refused = [answer for answer in answers if not answer["ok"]]
        if refused and len(refused) == len(answers):
            raise UserError("\n".join(self._get_lines(refused)))
        done = [answer for answer in answers if answer["ok"]]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": "\n".join(self._get_lines(refused + done)),
                "type": "warning" if refused else "success",
                "sticky": bool(refused),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_lines(self, answers, most=10):
        """Return a line for each customer, not more than a screen holds."""
        shown = answers[:most]
        names = self.env["res.partner"].browse(answer["id"] for answer in shown)
        lines = [
            self.env._(
                "%(customer)s: %(message)s",
                customer=partner.display_name,
                message=answer["message"],
            )
            for partner, answer in zip(names, shown, strict=True)
        ]
        if len(answers) > most:
            left = len(answers) - most
            lines.append(self.env._("and %(count)s more", count=left))
        return lines

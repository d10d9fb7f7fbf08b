from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...models.stay.crm_pool_stay import KINDS
from ...models.stay.res_company_stay import MOST_DAYS

PROTECTION_DAYS = 30


class CrmStayWizard(models.TransientModel):
    """Ask why customers are to stay, and how long."""

    _name = "crm.stay.wizard"
    _description = "Keep customers"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    days = fields.Integer(
        string="Number of Days",
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
        """Ask, and say how it went; where one thing stands against all of them, the
        dialog stays open with it."""
        self.ensure_one()
        partners = self.partner_ids
        if self.kind == "extension":
            title = self.env._("Extend")
            answers, act = partners._ask_where_seen(
                partners.pool_extend, self.reason, self.days
            )
        else:
            title = self.env._("Protect")
            answers, act = partners._ask_where_seen(
                partners.pool_protect, self.days, self.reason
            )
        told = {answer["message"] for answer in answers}
        if act and len(told) == 1:
            return act._tell(f"{told.pop()} {partners._get_names_in_short()}")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)

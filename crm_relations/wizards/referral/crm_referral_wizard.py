from odoo import fields, models


class CrmReferralWizard(models.TransientModel):
    """Ask who brought these customers."""

    _name = "crm.referral.wizard"
    _description = "Register who brought a customer"

    partner_ids = fields.Many2many(
        comodel_name="res.partner", string="New Customers", required=True
    )
    referrer_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        index="btree_not_null",
        domain="[('commercial_partner_id.is_managed_customer', '=', True)]",
        help="A customer, or a person of one.",
    )
    note = fields.Char(help="How it came about.")

    def action_apply(self):
        """Register; say how many, and what is not possible and why."""
        self.ensure_one()
        answers = self.partner_ids.register_referral(
            self.referrer_id.id, self.note or ""
        )
        title = self.env._("Who Brought This Customer?")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)

from odoo import fields, models


class CrmAccountPlan(models.Model):
    """The team and the map of the customer, on its plan."""

    _inherit = "crm.account.plan"

    team_member_ids = fields.One2many(related="partner_id.team_member_ids")

    def action_open_contact_map(self):
        self.ensure_one()
        return self.partner_id.action_open_contact_map()

    def action_appoint(self):
        self.ensure_one()
        return self.partner_id.action_appoint()

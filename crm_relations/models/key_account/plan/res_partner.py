from odoo import api, fields, models
from odoo.fields import Domain

from ....tools.tally import Tally

COUNTED = Domain.TRUE


class ResPartner(models.Model):
    """The plans for a customer, counted and told in its history."""

    _inherit = "res.partner"

    account_plan_count = fields.Integer(
        string="Account Plans", compute="_compute_tallies"
    )

    def _get_tallies(self):
        return super()._get_tallies() | {
            "account_plan_count": Tally("crm.account.plan", "partner_id", COUNTED)
        }

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "account_plan": {
                "label": self.env._("Account plans"),
                "icon": "fa-map-o",
                "model": "crm.account.plan",
                "date": "date_start",
                "domain": [("state", "in", ("approved", "ended"))],
                "texts": ["name", "strategy"],
            },
        }

    def _customers_join(self, customer_by_id):
        """Nobody plans for who is no customer of its own any more."""
        result = super()._customers_join(customer_by_id)
        # Superuser: also plans that who moves the contact may not read.
        plans = self.env["crm.account.plan"].sudo()
        for plan in plans.search(
            [("partner_id", "in", self.ids), ("state", "!=", "ended")]
        ):
            customer = self.sudo().browse(customer_by_id[plan.partner_id.id])
            plan._end_at_once(self.env._("It belongs to %s now.", customer.name))
        return result

    def action_view_account_plans(self):
        """Open the plans for this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_account_plan_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }

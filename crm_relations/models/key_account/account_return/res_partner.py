from odoo import api, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """What a key account brings and costs."""

    _inherit = "res.partner"

    @api.model
    def _get_models_of_closed_history(self):
        """Returns are counted anew for whom the documents have come to."""
        return super()._get_models_of_closed_history() | {"crm.account.return"}

    def _refresh_moved_figures(self):
        result = super()._refresh_moved_figures()
        # Superuser: whoever moves a customer need not read what it cost.
        returns = self.env["crm.account.return"].sudo()
        returns.search([("partner_id", "in", self.ids)])._count()
        return result

    def action_view_account_return(self):
        """Open the returns on this customer, counted as of now."""
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        returns = self.env["crm.account.return"]
        returns.check_access("read")
        # Superuser: whether somebody has planned for it, whoever may read the plan.
        plans = self.env["crm.account.plan"].sudo()
        planned = plans.search_count([("partner_id", "=", customer.id)], limit=1)
        if not customer.is_key_account and not planned:
            raise UserError(
                self.env._(
                    "%s is no key account and has no plan: only of those it is counted "
                    "what they bring and cost.",
                    customer.display_name,
                )
            )
        returns._count_for(customer)
        returns.search([("partner_id", "=", customer.id)], limit=1)._check_seen()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_account_return_action"
        )
        periods = self.env["ir.model.data"]._xmlid_to_res_id(
            "crm_relations.crm_account_return_view_list_periods"
        )
        return action | {
            "domain": [("partner_id", "=", customer.id)],
            "context": {},
            "view_mode": "list,kanban,form",
            "views": [(periods, "list"), (False, "kanban"), (False, "form")],
        }

from odoo import api, models

# What the Actions menu of these lists does not offer: it would be refused for all.
OF_OWNERS = (
    *("res_partner_hand_over_server_action", "res_partner_share_server_action"),
    *("res_partner_extend_server_action", "res_partner_protect_server_action"),
    "res_partner_pool_release_server_action",
)
OF_THE_POOL = (
    *("res_partner_pool_claim_server_action", "res_partner_pool_assign_server_action"),
    "res_partner_pool_distribute_server_action",
    "res_partner_pool_move_server_action",
)
NOT_OFFERED = {
    "crm_pool_customer_action": OF_OWNERS,
    "crm_customer_action_mine": OF_THE_POOL,
    "crm_customer_action_shared": OF_THE_POOL,
    "crm_pool_leaving_action": OF_THE_POOL,
    "crm_contact_due_action": OF_THE_POOL,
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def get_views(self, views, options=None):
        """A list of the pool does not offer to hand its customers over, one of own
        customers not to claim them."""
        result = super().get_views(views, options)
        options = options or {}
        if options.get("toolbar") and options.get("action_id"):
            unfit = self._get_unfit_actions(options["action_id"])
            for view in result["views"].values():
                toolbar = view.get("toolbar", {})
                offered = toolbar.get("action", [])
                toolbar["action"] = [one for one in offered if one["id"] not in unfit]
        return result

    @api.model
    def _get_unfit_actions(self, action_id):
        for name, unfit in NOT_OFFERED.items():
            if action_id == self._get_action_id(name):
                return {self._get_action_id(one) for one in unfit}
        return set()

    @api.model
    def _get_action_id(self, name):
        return self.env["ir.model.data"]._xmlid_to_res_id(
            f"crm_relations.{name}", raise_if_not_found=False
        )

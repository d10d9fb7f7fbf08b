from datetime import timedelta

from odoo import api, fields, models


class ResPartner(models.Model):
    """Where the user stands: held, allowed, left to claim, about to leave."""

    _inherit = "res.partner"

    @api.model
    def get_pool_standing(self):
        """Return what the banner of the pool says to the user.

        :return: ``{"held", "cap", "claims_left_today", "claims_left_week",
            "leaving_this_week", "sentence"}``: held by weight in the quota for all
            tiers (without one: the number of customers), False where nothing limits;
            ``sentence`` tells all counters of the user
        """
        # Superuser: one's own counters, and the quotas that hold for oneself.
        user = self.env.user
        company = self.env["res.company"]._get_relations_default()
        quotas = self.env["crm.pool.quota"].sudo()
        main = quotas._get_governing("cap", user, company)
        holdings = self.env["crm.pool.holding"].sudo()
        holdings = holdings.search([("user_id", "=", user.id), ("cap", "!=", False)])
        mine = holdings.filtered(lambda holding: holding.quota_id == main)
        left = quotas._get_allowances(user, company)
        held = mine.held if main else user._count_customers_held().get(user.id, 0)
        return {
            "held": held,
            "cap": main.max_customers if main else False,
            "claims_left_today": left["day"][1] if "day" in left else False,
            "claims_left_week": left["week"][1] if "week" in left else False,
            "leaving_this_week": self._count_leaving(),
            "sentence": holdings._get_standing_sentence(main, left),
        }

    @api.model
    def _count_leaving(self):
        """Return how many of the user's customers leave within seven days."""
        # Superuser: the number of one's own customers.
        return self.sudo().search_count(self._get_leaving_domain())

    @api.model
    def _get_leaving_domain(self):
        company = self.env["res.company"]._get_relations_default()
        until = company._get_relations_today() + timedelta(days=7)
        return [
            ("user_id", "=", self.env.uid),
            ("is_managed_customer", "=", True),
            ("pool_release_date", "<=", fields.Date.to_string(until)),
        ]

    @api.model
    def action_view_leaving(self):
        """Open those whom the banner counts, not all of the next month."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_pool_leaving_action"
        )
        return action | {"domain": self._get_leaving_domain(), "context": {}}

from odoo import api, fields, models
from odoo.tools import format_list

from ...tools.counted import tell_customers


class CrmPoolQuota(models.Model):
    """What a quota says, in a sentence."""

    _inherit = "crm.pool.quota"

    summary = fields.Char(compute="_compute_summary", export_string_translation=False)

    @api.depends(lambda self: self._get_limiting_fields())
    @api.depends_context("lang")
    def _compute_summary(self):
        for quota in self:
            quota.summary = self.env._(
                "%(whom)s: %(what)s", whom=quota._get_whom(), what=quota._get_what()
            )

    def _get_whom(self):
        """Return for whom the quota is, as the beginning of a sentence."""
        if self.user_ids:
            return format_list(self.env, self.user_ids.mapped("name"))
        if self.team_ids:
            names = format_list(self.env, self.team_ids.mapped("name"))
            return self.env._("Each member of %(teams)s", teams=names)
        if self.company_id:
            # Superuser: the company need not be one that the reader may enter.
            company = self.company_id.sudo().name
            return self.env._("Each salesperson of %(company)s", company=company)
        return self.env._("Each salesperson")

    def _get_what(self):
        """Return what the quota limits, as the end of a sentence."""
        parts = []
        if self.limit_customers:
            parts.append(self._get_cap_words())
        if self.claims_per_day:
            count = tell_customers(self.env, self.claims_per_day)
            parts.append(self.env._("%s claimed a day", count))
        if self.claims_per_week:
            count = tell_customers(self.env, self.claims_per_week)
            parts.append(self.env._("%s claimed a week", count))
        if self.views_per_day:
            count = tell_customers(self.env, self.views_per_day)
            parts.append(self.env._("%s of the pool opened a day", count))
        return format_list(self.env, parts) if parts else self.env._("no limit")

    def _get_cap_words(self):
        values = {
            "customers": tell_customers(self.env, self.max_customers),
            "tiers": format_list(self.env, self.tier_ids.mapped("name")),
        }
        if self.tier_ids and self.exempt_ordered:
            return self.env._(
                "at most %(customers)s of tier %(tiers)s without an order",
                **values,
            )
        if self.tier_ids:
            return self.env._("at most %(customers)s of tier %(tiers)s", **values)
        if self.exempt_ordered:
            return self.env._("at most %(customers)s without an order", **values)
        return self.env._("at most %(customers)s", **values)

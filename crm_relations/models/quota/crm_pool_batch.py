from odoo import models


class CrmPoolBatch(models.Model):
    """Who takes customers uses up what he may take a day and a week."""

    _inherit = "crm.pool.batch"

    def _customers_taken(self, companies):
        result = super()._customers_taken(companies)
        quotas, user = self.env["crm.pool.quota"], self.env.user
        default = self.env["res.company"]._get_relations_default()
        governing = quotas.browse()
        for company_id in set(companies.values()):
            company = default.browse(company_id) if company_id else default
            for limit in ("day", "week"):
                governing |= quotas._get_governing(limit, user, company)
        if governing:
            quotas._use_allowances(user, governing, len(companies))
        return result

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.local_moments import local_day
from odoo.addons.crm_relations.tools.return_source import ReturnSource

COMPLAINT_SOURCES = {
    "crm.complaint": ["partner_id", "company_id", "state", "registered_at"],
    "crm.complaint.remedy": [
        *["complaint_id", "company_id", "state", "company_amount", "booked_at"],
        *["decided_at", "asked_at"],
    ],
    "res.partner": ["commercial_partner_id"],
    "res.company": ["complaint_handling_cost", "currency_id"],
}


class CrmAccountReturn(models.Model):
    """What complaints of a customer cost: what it was given for them, and handling
    each.

    A credit note for a remedy names no line of an order, so that it is in no revenue:
    the remedy counts in full.
    """

    _inherit = "crm.account.return"

    @api.model
    def _get_sources(self):
        return {
            **super()._get_sources(),
            "remedy": ReturnSource(
                self.env._("Remedies"),
                "crm.complaint.remedy",
                "given",
                self._get_remedies_sql,
                self.env._("Approved remedies, also those not booked yet."),
            ),
            "complaint": ReturnSource(
                self.env._("Handling of complaints"),
                "crm.complaint",
                "given",
                self._get_complaints_sql,
                self.env._("What handling a complaint costs, by Settings."),
            ),
        }

    @api.model
    def _get_remedies_sql(self, partner_ids):
        self.env["res.partner"]._flush_sources(COMPLAINT_SOURCES)
        moment = SQL("COALESCE(remedy.booked_at, remedy.decided_at, remedy.asked_at)")
        return self._line_up_complaints(
            SQL("remedy.id"),
            local_day(moment, SQL("at.tz")),
            SQL("remedy.company_amount"),
            SQL(
                "JOIN crm_complaint_remedy AS remedy"
                " ON remedy.complaint_id = complaint.id"
                " AND remedy.state IN ('approved', 'booked')"
            ),
            partner_ids,
        )

    @api.model
    def _get_complaints_sql(self, partner_ids):
        """Those that were made one with another are handled once."""
        self.env["res.partner"]._flush_sources(COMPLAINT_SOURCES)
        return self._line_up_complaints(
            SQL("complaint.id"),
            local_day(SQL("complaint.registered_at"), SQL("at.tz")),
            SQL("host.complaint_handling_cost"),
            SQL(
                "JOIN res_company AS priced ON priced.id = complaint.company_id"
                " AND priced.complaint_handling_cost > 0"
                " AND complaint.state <> 'merged'"
            ),
            partner_ids,
        )

    @api.model
    def _line_up_complaints(self, document, day, amount, rows, partner_ids):
        return self._line_up(
            SQL(
                "contact.commercial_partner_id, %s, %s, %s, host.currency_id",
                document,
                day,
                amount,
            ),
            SQL(
                """
                   crm_complaint AS complaint
              JOIN res_partner AS contact ON contact.id = complaint.partner_id
              JOIN res_company AS host ON host.id = complaint.company_id
              JOIN %s ON at.id = host.id
                   %s
             WHERE TRUE %s
                """,
                self.env["res.partner"]._get_companies_sql("at"),
                rows,
                self._get_only_sql(
                    "contact", partner_ids, "commercial_partner_id", day=None
                ),
            ),
        )

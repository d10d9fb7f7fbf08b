from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    """Until when a customer is to be contacted: last contact plus interval of its tier.

    A stored date, so that lists, digest and red list read an index: nothing is reckoned
    a row. It is decided anew with each follow-up, change of tier, of owner or of
    company, and for all customers every night and after an interval was changed.
    """

    _inherit = "res.partner"

    contact_due_date = fields.Date(
        string="Contact Due",
        compute="_compute_contact_due_date",
        store=True,
        help="By this day the customer is to be followed up: the last follow-up plus "
        "the days within which its tier is contacted.",
        written_by="decided",
    )

    _contact_due_idx = models.Index(
        "(user_id, contact_due_date)"
        " WHERE user_id IS NOT NULL AND contact_due_date IS NOT NULL"
    )

    @api.depends(lambda self: self._get_contact_triggers())
    def _compute_contact_due_date(self):
        customers = self._origin.filtered("is_managed_customer")
        dates = {}
        if customers:
            customers.flush_recordset(self._get_contact_triggers())
            dates = dict(
                self.env.execute_query(self._get_contact_dates_sql(customers.ids))
            )
        for partner in self:
            partner.contact_due_date = dates.get(partner._origin.id)

    def _get_contact_triggers(self):
        """Hook: return the fields whose change decides the date anew at once."""
        return [
            *["is_managed_customer", "last_followup_at", "tier_id"],
            *["company_id", "relation_company_id"],
        ]

    @api.model
    def _get_red_list_action(self):
        """Return the action of the customers whom nobody contacted for too long: of the
        teams that the caller leads, or of all for who answers for all."""
        company = self.env.company
        days = self.env["crm.contact.escalation"]._get_escalation_days()
        latest = company._get_relations_today() - timedelta(days=max(days, 1))
        domain = Domain("is_managed_customer", "=", True)
        domain &= Domain("contact_due_date", "<=", latest)
        domain &= Domain("user_id", "!=", False)
        if not self.env.user.has_group("crm_relations.group_relations_manager"):
            domain &= Domain("user_id.sale_team_id.user_id", "=", self.env.uid)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_contact_due_action"
        )
        name = self.env._("Red List")
        return action | {
            "name": name,
            "display_name": name,
            "path": False,
            "domain": list(domain),
            "context": {"group_by": "user_id"},
        }

    def _segment_changed(self):
        result = super()._segment_changed()
        self.env["res.partner"]._refresh_contact_dates(self.ids)
        return result

    @api.model
    def _cron_refresh_contact_dates(self):
        """Decide all dates anew, page by page, writing only what changed."""
        self._for_pages_of_customers(self._refresh_contact_dates)

    @api.model
    def _refresh_contact_dates(self, partner_ids):
        """Write the date of these customers where it changed; one statement.

        :return: number of customers written
        """
        if not partner_ids:
            return 0
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS MATERIALIZED (%(dates)s)
                UPDATE res_partner AS partner
                   SET contact_due_date = due.day
                  FROM due
                 WHERE partner.id = due.id
                   AND partner.contact_due_date IS DISTINCT FROM due.day
             RETURNING partner.id
                """,
                dates=self._get_contact_dates_sql(partner_ids),
            )
        )
        self.browse(partner_ids).invalidate_recordset(["contact_due_date"])
        return len(rows)

    @api.model
    def _get_contact_dates_sql(self, partner_ids):
        """Return a SELECT of id and day for these customers; the day is empty where
        the tier asks for no contact."""
        self.env["crm.tier"].flush_model(["contact_interval_days"])
        return SQL(
            """
            SELECT partner.id, CASE WHEN tier.contact_interval_days > 0 THEN
                       (%(start)s AT TIME ZONE 'UTC' AT TIME ZONE own.tz)::date
                       + tier.contact_interval_days END AS day
              FROM res_partner AS partner
              JOIN %(companies)s ON own.id = %(company)s
         LEFT JOIN crm_tier AS tier ON tier.id = partner.tier_id
             WHERE partner.id IN %(ids)s AND partner.is_managed_customer
            """,
            start=self._get_silence_sql("partner"),
            companies=self._get_companies_sql("own"),
            company=self._get_relation_company_sql("partner"),
            ids=tuple(partner_ids),
        )

    @api.model
    def _get_silence_sql(self, alias):
        """Hook: return the SQL of the moment since when nobody was in touch."""
        return SQL(
            "COALESCE(%s, %s)",
            SQL.identifier(alias, "last_followup_at"),
            SQL.identifier(alias, "create_date"),
        )

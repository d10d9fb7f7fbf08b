from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.local_moments import local_day


class ResPartner(models.Model):
    """Until when a customer is to be contacted and visited: the interval of its tier
    after the last time, or after its salesperson got it.

    Stored dates, so that lists, digest and red list read an index: nothing is reckoned
    a row. They are decided anew with each follow-up, change of tier, of owner or of
    company, and for all customers every night and after an interval was changed.
    """

    _inherit = "res.partner"

    contact_due_date = fields.Date(
        string="Contact Due",
        compute="_compute_contact_due_date",
        store=True,
        help="By this day the customer is to be followed up: the last follow-up, or "
        "the day on which the salesperson took over if that is later, plus the days "
        "within which its tier is contacted.",
        written_by="decided",
    )

    visit_due_date = fields.Date(
        string="Visit Due",
        compute="_compute_contact_due_date",
        store=True,
        help="By this day the customer is to be visited: the last visit, or the day on "
        "which the salesperson took over if that is later, plus the days within which "
        "its tier is visited. A visitor who was received here counts as well.",
        written_by="decided",
    )

    _contact_due_idx = models.Index(
        "(user_id, contact_due_date)"
        " WHERE user_id IS NOT NULL AND contact_due_date IS NOT NULL"
    )
    _visit_due_idx = models.Index(
        "(user_id, visit_due_date)"
        " WHERE user_id IS NOT NULL AND visit_due_date IS NOT NULL"
    )

    @api.depends(lambda self: self._get_contact_triggers())
    def _compute_contact_due_date(self):
        customers = self._origin.filtered(
            lambda partner: (
                partner.is_managed_customer and partner.tier_id._asks_for_contact()
            )
        )
        dates = {}
        if customers:
            customers.flush_recordset(self._get_contact_triggers())
            rows = self.env.execute_query(self._get_contact_dates_sql(customers.ids))
            dates = {number: days for number, *days in rows}
        for partner in self:
            due = dates.get(partner._origin.id, (False, False))
            partner.contact_due_date, partner.visit_due_date = due

    def _get_contact_triggers(self):
        """Hook: return the fields whose change decides the date anew at once."""
        return [
            *["is_managed_customer", "last_followup_at", "tier_id"],
            *["company_id", "relation_company_id", "owner_since"],
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
                   SET contact_due_date = due.day, visit_due_date = due.visit_day
                  FROM due
                 WHERE partner.id = due.id
                   AND (partner.contact_due_date, partner.visit_due_date)
                       IS DISTINCT FROM (due.day, due.visit_day)
             RETURNING partner.id
                """,
                dates=self._get_contact_dates_sql(partner_ids),
            )
        )
        dates = ["contact_due_date", "visit_due_date"]
        self.browse(partner_ids).invalidate_recordset(dates)
        return len(rows)

    @api.model
    def _get_contact_dates_sql(self, partner_ids):
        """Return a SELECT of id, day and visit_day for these customers; a day is empty
        where the tier has no such interval."""
        self.env["crm.tier"].flush_model(
            ["contact_interval_days", "visit_interval_days"]
        )
        self.env["crm.followup"].flush_model(["customer_id", "date", "kind_id"])
        return SQL(
            """
            SELECT partner.id, CASE WHEN tier.contact_interval_days > 0 THEN
                       %(start)s + tier.contact_interval_days END AS day,
                   CASE WHEN tier.visit_interval_days > 0 THEN
                       %(unvisited)s + tier.visit_interval_days END AS visit_day
              FROM res_partner AS partner
              JOIN %(own)s
         LEFT JOIN crm_tier AS tier ON tier.id = partner.tier_id
         LEFT JOIN LATERAL (
                   SELECT max(followup.date) AS date
                     FROM crm_followup AS followup
                     JOIN crm_followup_kind AS kind
                       ON kind.id = followup.kind_id AND kind.counts_as_followup
                      AND kind.channel IN ('visit', 'reception')
                    WHERE followup.customer_id = partner.id) AS visit
                ON tier.visit_interval_days > 0
             WHERE partner.id = ANY(%(ids)s) AND partner.is_managed_customer
            """,
            start=local_day(self._get_silence_sql("partner"), SQL("own.tz")),
            unvisited=local_day(
                self._get_silence_sql("partner", SQL("visit.date")), SQL("own.tz")
            ),
            own=self._get_company_of_sql("own", "partner"),
            ids=list(partner_ids),
        )

    @api.model
    def _get_silence_sql(self, alias, last=None):
        """Hook: return the SQL of the moment since when nobody was in touch.

        :param last: SQL of another moment than that of the last follow-up
        """
        return SQL(
            "COALESCE(GREATEST(%s, %s), %s)",
            last or SQL.identifier(alias, "last_followup_at"),
            SQL.identifier(alias, "owner_since"),
            SQL.identifier(alias, "create_date"),
        )

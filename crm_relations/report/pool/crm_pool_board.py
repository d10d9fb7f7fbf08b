from odoo import fields, models
from odoo.tools import SQL

RECENT_DAYS = 30
YIELD_DAYS = 90


class CrmPoolBoard(models.Model):
    """The manager's board: what each salesperson holds, is about to lose and makes of
    what was claimed. A line a person, over the companies that the reader works in."""

    _name = "crm.pool.board"
    _description = "Board of salespeople and the public pool"
    _auto = False
    _order = "due_in_1 desc, due_in_7 desc, id"
    _rec_name = "user_id"
    _depends = {
        "res.partner": [
            *["user_id", "company_id", "relation_company_id", "is_managed_customer"],
            *["active", "pool_release_date", "commercial_partner_id"],
        ],
        "res.users": ["sale_team_id", "active"],
        "crm.pool.holding": ["user_id", "held", "cap"],
        "crm.ownership.change": [
            *["partner_id", "company_id", "kind", "from_user_id", "to_user_id"],
            *["is_undone", "decided_at"],
        ],
        "crm.followup": ["customer_id", "date", "kind_id"],
        "crm.followup.kind": ["counts_as_followup"],
        "sale.order": ["partner_id", "state", "date_order", "amount_untaxed"],
    }

    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    has_left = fields.Boolean(
        readonly=True,
        help="Who is archived stands here as long as customers are in the name of this "
        "person: hand them over.",
    )
    held_count = fields.Integer(string="Customers Held", readonly=True)
    counted = fields.Float(
        digits=(12, 2),
        readonly=True,
        help="What counts towards the quotas: by the weight of the tier, without those "
        "that are exempt.",
    )
    cap = fields.Float(digits=(12, 2), readonly=True)
    load_rate = fields.Float(
        string="Load",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="What counts, in percent of the cap.",
    )
    due_in_1 = fields.Integer(string="Due in 1 Day", readonly=True)
    due_in_3 = fields.Integer(string="Due in 3 Days", readonly=True)
    due_in_7 = fields.Integer(string="Due in 7 Days", readonly=True)
    lost_count = fields.Integer(
        string="Lost by Inaction",
        readonly=True,
        help="Released by a rule in the last 30 days, and not given back.",
    )
    claim_count = fields.Integer(
        string="Claims", readonly=True, help="In the last 30 days."
    )
    claim_yield = fields.Float(
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Of 100 customers claimed in the last 90 days, how many ordered since, "
        "while they were with this salesperson.",
    )
    first_contact_hours = fields.Float(
        string="Hours to First Contact",
        digits=(8, 1),
        readonly=True,
        aggregator="avg",
        help="From the claim to the first follow-up, on average over the claims of the "
        "last 90 days that were followed up while the customer was with this "
        "salesperson.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT person.id, person.id AS user_id, person.sale_team_id AS team_id,
                   NOT person.active AS has_left,
                   COALESCE(owned.held, 0) AS held_count, quota.held AS counted,
                   quota.cap,
                   round((100 * quota.held / NULLIF(quota.cap, 0))::numeric, 1)
                       AS load_rate,
                   COALESCE(owned.due_in_1, 0) AS due_in_1,
                   COALESCE(owned.due_in_3, 0) AS due_in_3,
                   COALESCE(owned.due_in_7, 0) AS due_in_7,
                   COALESCE(lost.customers, 0) AS lost_count,
                   COALESCE(claimed.recent, 0) AS claim_count,
                   round(100.0 * claimed.ordered / NULLIF(claimed.claims, 0), 1)
                       AS claim_yield,
                   round(claimed.hours::numeric, 1) AS first_contact_hours
              FROM res_users AS person
         LEFT JOIN (%(owned)s) AS owned ON owned.user_id = person.id
         LEFT JOIN (%(caps)s) AS quota
                ON quota.user_id = person.id AND person.active
         LEFT JOIN (%(lost)s) AS lost ON lost.user_id = person.id
         LEFT JOIN (%(claimed)s) AS claimed ON claimed.user_id = person.id
             WHERE owned.user_id IS NOT NULL
                OR person.active AND COALESCE(quota.user_id, lost.user_id,
                                              claimed.user_id) IS NOT NULL
            """,
            owned=self._get_owned_sql(),
            caps=self.env["crm.pool.holding"]._get_caps_sql(),
            lost=self._get_lost_sql(),
            claimed=self._get_claimed_sql(),
        )

    def _get_company_condition(self, company):
        return SQL(
            "(%(company)s IS NULL OR %(company)s = ANY(%(mine)s))",
            company=company,
            mine=self.env.companies._get_open().ids,
        )

    def _get_owned_sql(self):
        left = SQL(
            "partner.pool_release_date - %s",
            self.env["res.partner"]._get_relations_today_sql("partner"),
        )
        return SQL(
            """
            SELECT partner.user_id, count(*) AS held,
                   count(*) FILTER (WHERE %(left)s <= 1) AS due_in_1,
                   count(*) FILTER (WHERE %(left)s <= 3) AS due_in_3,
                   count(*) FILTER (WHERE %(left)s <= 7) AS due_in_7
              FROM res_partner AS partner
             WHERE partner.is_managed_customer AND partner.active
               AND partner.user_id IS NOT NULL AND %(company)s
          GROUP BY partner.user_id
            """,
            left=left,
            company=self._get_company_condition(
                self.env["res.partner"]._get_own_company_sql("partner")
            ),
        )

    def _get_lost_sql(self):
        return SQL(
            """
            SELECT change.from_user_id AS user_id, count(*) AS customers
              FROM crm_ownership_change AS change
             WHERE change.kind = 'release' AND change.from_user_id IS NOT NULL
               AND change.decided_at >= %(since)s AND %(company)s
               AND change.is_undone IS NOT TRUE
          GROUP BY change.from_user_id
            """,
            since=self._get_since_sql(RECENT_DAYS),
            company=self._get_company_condition(SQL("change.company_id")),
        )

    def _get_claimed_sql(self):
        return SQL(
            """
            SELECT change.to_user_id AS user_id, count(*) AS claims,
                   count(*) FILTER (WHERE change.decided_at >= %(recent)s) AS recent,
                   count(*) FILTER (WHERE EXISTS (
                       SELECT FROM sale_order AS sale
                         JOIN res_partner AS buyer ON buyer.id = sale.partner_id
                        WHERE buyer.commercial_partner_id = change.partner_id
                          AND %(purchase)s
                          AND sale.date_order >= change.decided_at
                          AND sale.date_order < gone.at)) AS ordered,
                   avg(extract(epoch FROM contact.date - change.decided_at) / 3600)
                       AS hours
              FROM crm_ownership_change AS change
        CROSS JOIN LATERAL (
                   SELECT COALESCE(min(later.decided_at), 'infinity') AS at
                     FROM crm_ownership_change AS later
                    WHERE later.partner_id = change.partner_id
                      AND later.id > change.id AND %(counted)s
                      AND later.from_user_id = change.to_user_id) AS gone
         LEFT JOIN LATERAL (
                   SELECT min(followup.date) AS date
                     FROM crm_followup AS followup
                     JOIN crm_followup_kind AS kind ON kind.id = followup.kind_id
                    WHERE followup.customer_id = change.partner_id
                      AND followup.date >= change.decided_at
                      AND followup.date < gone.at
                      AND kind.counts_as_followup) AS contact ON TRUE
             WHERE change.kind IN ('claim', 'swap') AND change.to_user_id IS NOT NULL
               AND change.decided_at >= %(since)s AND %(company)s
               AND change.is_undone IS NOT TRUE
          GROUP BY change.to_user_id
            """,
            purchase=self.env["sale.order"]._get_purchase_sql("sale"),
            counted=self.env["crm.ownership.change"]._get_counted_sql("later"),
            recent=self._get_since_sql(RECENT_DAYS),
            since=self._get_since_sql(YIELD_DAYS),
            company=self._get_company_condition(SQL("change.company_id")),
        )

    def _get_since_sql(self, days):
        return SQL("%s - %s * interval '1 day'", fields.Datetime.now(), days)

    def action_view_leaving(self):
        """Open the customers of this person that are about to leave."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_pool_leaving_action"
        )
        domain = [
            ("user_id", "=", self.user_id.id),
            ("pool_release_date", "<=", "today +7d"),
        ]
        return {**action, "domain": domain, "context": {}}

    def action_hand_over(self):
        """Open the hand-over of what this person, who has left, still holds."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_leaver_wizard_action"
        )
        return {**action, "context": {"default_leaver_ids": self.user_id.ids}}

    def action_view_held(self):
        """Open the customers of this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_action"
        )
        domain = [("is_managed_customer", "=", True), ("user_id", "=", self.user_id.id)]
        return {**action, "domain": domain, "context": {}}

from odoo import api, models
from odoo.tools import SQL

# How each kind of item moves with a customer: table, a condition that it is still
# open (``item`` is its row), and whether it has a sales team beside its salesperson.
OPEN_LEAD = SQL("item.active AND item.won_status = 'pending'")
OPEN_QUOTATION = SQL("item.state IN ('draft', 'sent')")
OPEN_ACTIVITY = SQL("item.active")


class ResPartner(models.Model):
    """What moves along when a customer is handed over."""

    _inherit = "res.partner"

    @api.model
    def _get_handover_items(self):
        """Return the kinds of items that move with a customer, in their order.

        Extend it where a room has items that a salesperson keeps for a customer.

        :return: ``[{"kind", "choice", "label", "model", "open", "team", "rows"}]``:
            ``choice`` is the tick in the wizard that takes it along, ``open`` the SQL
            condition on ``item`` that it is still open, ``team`` whether the table has
            a ``team_id``; ``rows`` the SELECT of customer_id, res_id, name, detail,
            from_user_id, company_id, team_id from ``customer`` (id, owner_id). The
            owner of an item is its ``user_id``.
        """
        return [
            {
                "kind": "opportunity",
                "choice": "take_opportunities",
                "label": self.env._("Opportunity"),
                "model": "crm.lead",
                "open": OPEN_LEAD,
                "team": True,
                "rows": self._get_opportunities_sql(),
            },
            {
                "kind": "quotation",
                "choice": "take_quotations",
                "label": self.env._("Quotation"),
                "model": "sale.order",
                "open": OPEN_QUOTATION,
                "team": True,
                "rows": self._get_quotations_sql(),
            },
            {
                "kind": "activity",
                "choice": "take_activities",
                "label": self.env._("Activity"),
                "model": "mail.activity",
                "open": OPEN_ACTIVITY,
                "team": False,
                "rows": self._get_activities_sql(),
            },
        ]

    @api.model
    def _get_opportunities_sql(self):
        return SQL(
            """
            SELECT customer.id AS customer_id, item.id AS res_id, item.name,
                   COALESCE(stage.name ->> %(lang)s, stage.name ->> 'en_US') AS detail,
                   item.user_id AS from_user_id, item.company_id, item.team_id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN crm_lead AS item ON item.partner_id = contact.id
         LEFT JOIN crm_stage AS stage ON stage.id = item.stage_id
             WHERE item.user_id = customer.owner_id AND %(open)s
            """,
            lang=self.env.lang or "en_US",
            open=OPEN_LEAD,
        )

    @api.model
    def _get_quotations_sql(self):
        return SQL(
            """
            SELECT customer.id AS customer_id, item.id AS res_id, item.name,
                   item.date_order::date::text AS detail,
                   item.user_id AS from_user_id, item.company_id, item.team_id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN sale_order AS item ON item.partner_id = contact.id
             WHERE item.user_id = customer.owner_id AND %(open)s
            """,
            open=OPEN_QUOTATION,
        )

    @api.model
    def _get_activities_sql(self):
        """Those on the customer, on its contacts and on what moves with it."""
        return SQL(
            """
            SELECT place.customer_id, item.id AS res_id,
                   COALESCE(NULLIF(item.summary, ''), kind.name ->> %(lang)s,
                            kind.name ->> 'en_US') AS name,
                   item.date_deadline::text AS detail,
                   item.user_id AS from_user_id, NULL::int AS company_id,
                   NULL::int AS team_id
              FROM (SELECT customer.id AS customer_id, customer.owner_id,
                           'res.partner' AS res_model, contact.id AS res_id
                      FROM customer
                      JOIN res_partner AS contact
                        ON contact.commercial_partner_id = customer.id
                 UNION ALL
                    SELECT customer.id, customer.owner_id, along.res_model,
                           along.res_id
                      FROM customer
                      JOIN along ON along.customer_id = customer.id) AS place
              JOIN mail_activity AS item ON item.res_model = place.res_model
                                        AND item.res_id = place.res_id
         LEFT JOIN mail_activity_type AS kind ON kind.id = item.activity_type_id
             WHERE item.user_id = place.owner_id AND %(open)s
            """,
            lang=self.env.lang or "en_US",
            open=OPEN_ACTIVITY,
        )

    @api.model
    def _get_handover_sql(self, customers, choices):
        """Return the SELECT of all items of the chosen kinds.

        :param customers: SELECT of id and owner_id
        :param choices: the ticks of the wizard; what is not ticked stays
        :return: SELECT of customer_id, kind, res_model, res_id, name, detail,
            from_user_id, company_id, team_id
        """
        chosen = [
            item for item in self._get_handover_items() if item["choice"] in choices
        ]
        records = [item for item in chosen if item["kind"] != "activity"]
        parts = [self._tag_items(item, SQL("(%s)", item["rows"])) for item in records]
        parts.append(
            SQL(
                "SELECT customer.id AS customer_id, NULL::text AS kind, NULL::text AS "
                "res_model, NULL::int AS res_id, NULL::text AS name, NULL::text AS "
                "detail, NULL::int AS from_user_id, NULL::int AS company_id, "
                "NULL::int AS team_id FROM customer WHERE FALSE"
            )
        )
        every = [SQL("SELECT * FROM along")]
        every += [
            self._tag_items(item, SQL("(%s)", item["rows"]))
            for item in chosen
            if item["kind"] == "activity"
        ]
        return SQL(
            """
            WITH customer AS MATERIALIZED (%(customers)s),
                 along AS MATERIALIZED (%(along)s)
            %(every)s
            """,
            customers=customers,
            along=SQL(" UNION ALL ").join(parts),
            every=SQL(" UNION ALL ").join(every),
        )

    @api.model
    def _tag_items(self, item, rows):
        return SQL(
            """
            SELECT customer_id, %(kind)s AS kind, %(model)s AS res_model, res_id, name,
                   detail, from_user_id, company_id, team_id
              FROM %(rows)s AS %(alias)s
            """,
            kind=item["kind"],
            model=item["model"],
            rows=rows,
            alias=SQL.identifier(f"of_{item['kind']}"),
        )

    @api.model
    def _items_given(self, model, ids):
        """Hook: these records have got another ``user_id`` by SQL."""

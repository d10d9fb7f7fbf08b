from odoo import fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

# The id of a line tells its part and the record behind it: a line is opened without
# a query over all parts.
PARTS_AT_MOST = 64


class CrmWorkloadReport(models.Model):
    """What people did: a line for each thing that counts, in one table.

    Each room adds its lines through ``_get_parts``. A line is dated by the moment at
    which it happened, not by a local day: so the period asked for is looked up in the
    index of the table behind the part. Amounts are in the currency of the reader's
    company, at today's rate.
    """

    _name = "crm.workload.report"
    _description = "Workload"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "activity"
    _depends = {
        "crm.followup": [
            *["user_id", "date", "kind_id", "customer_id", "company_id"],
            *["duration_minutes", "visit_result"],
        ],
        "crm.followup.kind": ["counts_as_followup", "channel", "weight"],
        "sale.order": [
            *["user_id", "partner_id", "company_id", "state", "date_order"],
            *["amount_untaxed", "currency_rate"],
        ],
        "res.partner": ["commercial_partner_id"],
        "res.users": ["sale_team_id"],
    }

    date = fields.Datetime(string="When", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Person", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    customer_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    activity = fields.Selection(
        selection=[
            ("followup", "Follow-up"),
            ("quotation", "Quotation"),
            ("order", "Order"),
        ],
        string="What",
        readonly=True,
    )
    kind_id = fields.Many2one(
        comodel_name="crm.followup.kind", string="Kind of Follow-up", readonly=True
    )
    followup_count = fields.Integer(string="Follow-ups", readonly=True)
    followup_points = fields.Float(
        string="Weighted Follow-ups",
        digits=(16, 2),
        readonly=True,
        help="Follow-ups times the weight of their kind.",
    )
    contacted_customers = fields.Integer(
        string="Customers Contacted",
        readonly=True,
        aggregator="count_distinct",
        help="Each customer counts once, however often it was followed up.",
    )
    visit_count = fields.Integer(string="Visits", readonly=True)
    verified_visit_count = fields.Integer(
        string="Verified Visits",
        readonly=True,
        help="Visits whose check-in was within the range of the customer.",
    )
    minutes = fields.Integer(readonly=True)
    quotation_count = fields.Integer(string="Quotations", readonly=True)
    order_count = fields.Integer(string="Orders", readonly=True)
    order_amount = fields.Float(
        digits=(16, 2),
        readonly=True,
        help="Confirmed orders without taxes, in the currency of your company.",
    )

    def _get_parts(self):
        """Hook: return the parts of the report, ``{activity: part}``.

        A part is a dict: ``model`` of the records behind its lines, ``columns``
        (``{field: SQL}``; ``id`` is that of the record, what is left out is empty)
        and ``source``, the SQL from FROM on.
        """
        return {
            "followup": self._get_followup_part(),
            "quotation": self._get_quotation_part(),
            "order": self._get_order_part(),
        }

    @property
    def _table_query(self):
        lines = SQL(" UNION ALL ").join(
            self._get_part_sql(number, activity, part)
            for number, (activity, part) in enumerate(self._get_parts().items())
        )
        return SQL(
            """
            SELECT line.*, person.sale_team_id AS team_id
              FROM (%s) AS line
         LEFT JOIN res_users AS person ON person.id = line.user_id
            """,
            lines,
        )

    def _get_part_sql(self, number, activity, part):
        columns = part["columns"]
        values = [
            SQL("%s::bigint * %s + %s AS id", columns["id"], PARTS_AT_MOST, number),
            SQL("%s AS activity", activity),
        ]
        for name, field in self._fields.items():
            if field.store and name not in ("id", "activity", "team_id"):
                value = columns.get(name) or self._get_nothing(field)
                kind = SQL(field.column_type[1])
                values.append(SQL("(%s)::%s AS %s", value, kind, SQL.identifier(name)))
        return SQL("SELECT %s %s", SQL(", ").join(values), part["source"])

    def _get_nothing(self, field):
        """Return the value of a column that a part does not fill."""
        counts = field.type in ("integer", "float") and field.aggregator == "sum"
        return SQL("0") if counts else SQL("NULL")

    def _get_followup_part(self):
        return {
            "model": "crm.followup",
            "columns": {
                "id": SQL("followup.id"),
                "date": SQL("followup.date"),
                "user_id": SQL("followup.user_id"),
                "company_id": SQL("followup.company_id"),
                "customer_id": SQL("followup.customer_id"),
                "kind_id": SQL("followup.kind_id"),
                "followup_count": SQL("1"),
                "followup_points": SQL("kind.weight"),
                "contacted_customers": SQL("followup.customer_id"),
                "visit_count": SQL("(kind.channel = 'visit')::int"),
                "verified_visit_count": SQL(
                    "COALESCE(followup.visit_result = 'verified', FALSE)::int"
                ),
                "minutes": SQL("COALESCE(followup.duration_minutes, 0)"),
            },
            "source": SQL(
                """
                  FROM crm_followup AS followup
                  JOIN crm_followup_kind AS kind
                    ON kind.id = followup.kind_id AND kind.counts_as_followup
                """
            ),
        }

    def _get_quotation_part(self):
        return {
            "model": "sale.order",
            "columns": {
                **self._get_sale_columns(),
                "date": SQL("o.create_date"),
                "quotation_count": SQL("1"),
            },
            "source": SQL(
                """
                  FROM sale_order AS o
                  JOIN res_partner AS contact ON contact.id = o.partner_id
                """
            ),
        }

    def _get_order_part(self):
        partners = self.env["res.partner"]
        return {
            "model": "sale.order",
            "columns": {
                **self._get_sale_columns(),
                "date": SQL("o.date_order"),
                "order_count": SQL(
                    "CASE WHEN %s THEN 1 ELSE 0 END",
                    self.env["sale.order"]._get_purchase_sql("o"),
                ),
                "order_amount": SQL(
                    "o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1)"
                    " / company.rate * mine.rate"
                ),
            },
            "source": SQL(
                """
                  FROM sale_order AS o
                  JOIN res_partner AS contact ON contact.id = o.partner_id
                  JOIN %(companies)s ON company.id = o.company_id
                  JOIN %(mine)s ON mine.id = %(reader)s
                 WHERE o.state = 'sale'
                """,
                companies=partners._get_companies_sql("company"),
                mine=partners._get_companies_sql("mine"),
                reader=self.env.company.id,
            ),
        }

    def _get_sale_columns(self):
        return {
            "id": SQL("o.id"),
            "user_id": SQL("o.user_id"),
            "company_id": SQL("o.company_id"),
            "customer_id": SQL("contact.commercial_partner_id"),
        }

    def action_open_source(self):
        """Open the record behind this line."""
        self.ensure_one()
        source_id, number = divmod(self.id, PARTS_AT_MOST)
        parts = list(self._get_parts().items())
        if number >= len(parts):
            raise MissingError(self.env._("This record does not exist any more."))
        activity, part = parts[number]
        return self._get_source_action(activity, part["model"], source_id)

    def _get_source_action(self, activity, model, source_id):
        """Return the action that opens a record; rooms whose lines stand for more than
        one record override it."""
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": source_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

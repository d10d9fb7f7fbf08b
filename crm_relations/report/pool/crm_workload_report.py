from odoo import fields, models
from odoo.tools import SQL


class CrmWorkloadReport(models.Model):
    """Customers that come, go and are held, by person."""

    _inherit = "crm.workload.report"
    _depends = {
        "crm.ownership.change": [
            *["partner_id", "company_id", "kind", "from_user_id", "to_user_id"],
            *["decided_at", "is_undone"],
        ],
        "res.partner": [
            *["user_id", "company_id", "relation_company_id", "is_managed_customer"],
            "active",
        ],
        "crm.pool.holding": ["user_id", "quota_id", "held", "cap"],
    }

    activity = fields.Selection(
        selection_add=[
            ("new", "New customer"),
            ("received", "Customer received"),
            ("given", "Customer handed on"),
            ("lost", "Lost to the pool"),
            ("held", "Customers held"),
            ("claimed", "Customer claimed"),
            ("cap", "Cap"),
        ]
    )
    new_count = fields.Integer(
        string="New Customers",
        readonly=True,
        help="Created, or taken into care, with this salesperson.",
    )
    received_count = fields.Integer(
        string="Customers Received",
        readonly=True,
        help="From a colleague, or from the public pool.",
    )
    given_count = fields.Integer(string="Customers Handed On", readonly=True)
    lost_count = fields.Integer(
        string="Lost to the Pool",
        readonly=True,
        help="Released by a rule, because nobody looked after them. A release that was "
        "undone does not count.",
    )
    held_count = fields.Integer(
        string="Customers Held",
        readonly=True,
        help="How many the salesperson has now: the line of this moment.",
    )

    claim_count = fields.Integer(
        string="Customers Claimed",
        readonly=True,
        help="Taken from a public pool, swaps included.",
    )
    cap_count = fields.Float(
        string="Cap",
        digits=(12, 2),
        readonly=True,
        help="How many the quotas allow the salesperson now: the line of this moment.",
    )

    def _get_parts(self):
        new = SQL("change.kind IN ('create', 'managed')")
        # What was undone never counted, nor does the undoing.
        came = SQL("change.kind NOT IN ('create', 'managed', 'undo')")
        # A line without a former salesperson and without a new one says nothing here.
        left = SQL("change.kind NOT IN ('release', 'undo')")
        lost = SQL("change.kind = 'release'")
        claimed = SQL("change.kind IN ('claim', 'swap')")
        return {
            **super()._get_parts(),
            "new": self._get_change_part("new_count", "to_user_id", new),
            "received": self._get_change_part("received_count", "to_user_id", came),
            "given": self._get_change_part("given_count", "from_user_id", left),
            "lost": self._get_change_part("lost_count", "from_user_id", lost),
            "held": self._get_held_part(),
            "claimed": self._get_change_part("claim_count", "to_user_id", claimed),
            "cap": self._get_cap_part(),
        }

    def _get_change_part(self, measure, side, condition):
        person = SQL.identifier("change", side)
        return {
            "model": "crm.ownership.change",
            "columns": {
                "id": SQL("change.id"),
                "date": SQL("change.decided_at"),
                "user_id": person,
                "company_id": SQL("change.company_id"),
                "customer_id": SQL("change.partner_id"),
                measure: SQL("1"),
            },
            "source": SQL(
                "FROM crm_ownership_change AS change WHERE %s AND %s IS NOT NULL"
                " AND change.is_undone IS NOT TRUE",
                *(condition, person),
            ),
        }

    def _get_cap_part(self):
        """Return one line a person, of no company: quotas go over companies."""
        return {
            "model": "crm.pool.holding",
            "columns": {
                "id": SQL("caps.id"),
                "date": SQL("%s", fields.Datetime.now()),
                "user_id": SQL("caps.user_id"),
                "cap_count": SQL("caps.cap"),
            },
            "source": SQL(
                "FROM (%s) AS caps", self.env["crm.pool.holding"]._get_caps_sql()
            ),
        }

    def _get_held_part(self):
        """Return one line a person and company, not one a customer."""
        return {
            "model": "res.partner",
            "columns": {
                "id": SQL("held.id"),
                "date": SQL("%s", fields.Datetime.now()),
                "user_id": SQL("held.user_id"),
                "company_id": SQL("held.company_id"),
                "held_count": SQL("held.customers"),
            },
            "source": SQL(
                """
                  FROM (SELECT min(id) AS id, user_id,
                               %(own_company)s AS company_id,
                               count(*) AS customers
                          FROM res_partner
                         WHERE is_managed_customer AND active AND user_id IS NOT NULL
                      GROUP BY user_id, 3) AS held
                """,
                own_company=self.env["res.partner"]._get_own_company_sql("res_partner"),
            ),
        }

    def _get_source_action(self, activity, model, source_id):
        if model == "res.partner":  # any of the customers that the line stands for
            owner = self.env[model].browse(source_id).user_id
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "crm_relations.crm_customer_action"
            )
            return action | {
                "domain": [
                    ("is_managed_customer", "=", True),
                    ("user_id", "=", owner.id),
                ]
            }
        if model == "crm.ownership.change":  # the customer and its history
            change = self.env[model].browse(source_id)
            return change.partner_id.action_open_customer()
        return super()._get_source_action(activity, model, source_id)

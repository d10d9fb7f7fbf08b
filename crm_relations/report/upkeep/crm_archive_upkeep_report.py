from odoo import fields, models
from odoo.tools import SQL


class CrmArchiveUpkeepReport(models.Model):
    """How many archives each custodian keeps, and the share that is verified in
    time."""

    _name = "crm.archive.upkeep.report"
    _description = "Upkeep of archives by custodian"
    _auto = False
    _order = "overdue_count desc, id"
    _rec_name = "custodian_id"
    _depends = {
        "crm.archive.upkeep": [
            *("partner_id", "custodian_id", "company_id", "review_due", "verified_on"),
        ],
        "res.partner": ["active"],
    }

    custodian_id = fields.Many2one(comodel_name="res.users", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    archive_count = fields.Integer(
        string="Archives",
        readonly=True,
        help="Those of which the tier asks for reviews.",
    )
    overdue_count = fields.Integer(string="Overdue", readonly=True)
    never_count = fields.Integer(string="Never Verified", readonly=True)
    in_time_rate = fields.Integer(
        string="In Time (%)",
        readonly=True,
        aggregator="avg",
        help="Of a hundred archives, so many do not wait for a review that is late.",
    )

    @property
    def _table_query(self):
        today = self.env.user._get_relations_today()
        return SQL(
            """
            SELECT row_number() OVER (
                       ORDER BY upkeep.custodian_id, upkeep.company_id) AS id,
                   upkeep.custodian_id, upkeep.company_id,
                   count(*)::int AS archive_count,
                   (count(*) FILTER (WHERE review_due < %(today)s))::int
                   AS overdue_count,
                   (count(*) FILTER (WHERE verified_on IS NULL))::int AS never_count,
                   (100 * count(*) FILTER (WHERE review_due >= %(today)s)
                    / count(*))::int AS in_time_rate
              FROM crm_archive_upkeep AS upkeep
              JOIN res_partner AS partner
                ON partner.id = upkeep.partner_id AND partner.active
             WHERE review_due IS NOT NULL
          GROUP BY upkeep.custodian_id, upkeep.company_id
            """,
            today=today,
        )

    def action_open_reviews(self):
        """Open the reviews of this custodian."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_archive_upkeep_action"
        )
        domain = [
            ("custodian_id", "=", self.custodian_id.id),
            ("company_id", "=", self.company_id.id),
            ("review_due", "!=", False),
            ("partner_id.active", "=", True),
        ]
        return {**action, "domain": domain, "context": {}}

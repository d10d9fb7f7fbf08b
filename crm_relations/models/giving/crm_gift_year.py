from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

COUNTS = SQL("gift.state IN ('approved', 'given')")


class CrmGiftYear(models.Model):
    """What a customer has got in a year, against the gift budget of its tier.

    Written whenever a gift comes to another status. Two that decide at the same moment
    on gifts of one customer write the same row: one of both starts again, so that no
    limit is passed by two at once.
    """

    _name = "crm.gift.year"
    _description = "Gifts of a year"
    _inherit = ["crm.customer.line.mixin"]
    _order = "year desc, cost desc, id"
    _rec_name = "partner_id"

    year = fields.Integer(readonly=True, required=True, aggregator=None)
    currency_id = fields.Many2one(
        comodel_name="res.currency", readonly=True, index="btree_not_null"
    )
    count = fields.Integer(string="Gifts", readonly=True)
    value = fields.Monetary(
        readonly=True, help="What was approved and given, as the catalogue values it."
    )
    cost = fields.Monetary(readonly=True, help="What that costs you.")
    tier_id = fields.Many2one(related="partner_id.tier_id")
    budget = fields.Monetary(
        compute="_compute_budget", help="The gift budget of the customer's tier now."
    )
    left = fields.Monetary(string="Budget Left", compute="_compute_budget")

    _year_uniq = models.UniqueIndex(
        "(partner_id, year)", "This year of the customer stands here already."
    )

    @api.depends("cost", "partner_id.tier_id")
    def _compute_budget(self):
        today = fields.Date.context_today(self)
        for line in self:
            tier = line.partner_id.tier_id
            line.budget = tier.currency_id._convert(
                tier.gift_budget,
                line.currency_id,
                line.partner_id._get_relation_company(),
                today,
            )
            line.left = line.budget and line.budget - line.cost

    @api.model
    def _refresh(self, partner_ids):
        """Write what these customers have got in each year; three statements, unless a
        year has gifts in several currencies."""
        if not partner_ids:
            return
        self.env["crm.gift"].flush_model()
        self._empty_years(partner_ids)
        self._write_years(partner_ids)
        self.invalidate_model()
        self._convert_mixed(partner_ids)

    @api.model
    def _empty_years(self, partner_ids):
        """Write that these got nothing in years of which no gift is left."""
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_gift_year AS line
                   SET count = 0, value = 0, cost = 0
                 WHERE line.partner_id = ANY(%s)
                   AND NOT EXISTS (
                       SELECT FROM crm_gift AS gift
                        WHERE gift.partner_id = line.partner_id
                          AND date_part('year', gift.date) = line.year)
             RETURNING line.id
                """,
                list(partner_ids),
            )
        )

    @api.model
    def _write_years(self, partner_ids):
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_gift_year AS line
                       (partner_id, year, company_id, currency_id, count, value, cost,
                        create_uid, write_uid, create_date, write_date)
                SELECT gift.partner_id, date_part('year', gift.date)::int,
                       max(gift.company_id),
                       (array_agg(gift.currency_id
                                  ORDER BY gift.date DESC, gift.id DESC))[1],
                       COALESCE(sum(gift.quantity) FILTER (WHERE %(counts)s), 0),
                       COALESCE(sum(gift.value) FILTER (WHERE %(counts)s), 0),
                       COALESCE(sum(gift.cost) FILTER (WHERE %(counts)s), 0),
                       %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM crm_gift AS gift
                 WHERE gift.partner_id = ANY(%(ids)s)
              GROUP BY gift.partner_id, date_part('year', gift.date)
              ORDER BY 1, 2
           ON CONFLICT (partner_id, year) DO UPDATE
                   SET company_id = EXCLUDED.company_id, count = EXCLUDED.count,
                       currency_id = EXCLUDED.currency_id, value = EXCLUDED.value,
                       cost = EXCLUDED.cost, write_uid = EXCLUDED.write_uid,
                       write_date = EXCLUDED.write_date
             RETURNING line.id
                """,
                counts=COUNTS,
                ids=list(partner_ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )

    @api.model
    def _convert_mixed(self, partner_ids):
        """Write years with gifts in several currencies in that of the last one: the
        customer was merged, or has come to a company that reckons in another. Each
        gift at the rate of its day, as where gifts are judged."""
        sums = defaultdict(lambda: [0.0, 0.0])
        currencies = self.env["res.currency"]
        for line_id, currency_id, date, *amounts in self._find_mixed(partner_ids):
            # Superuser: whoever decides on a gift need not see what others gave.
            line = self.browse(line_id).sudo()
            company = line.partner_id._get_relation_company()
            for number, amount in enumerate(amounts):
                sums[line][number] += currencies.browse(currency_id)._convert(
                    amount, line.currency_id, company, date, round=False
                )
        for line, (value, cost) in sums.items():
            line.write({"value": value, "cost": cost})

    @api.model
    def _find_mixed(self, partner_ids):
        """Return id of the year, id of a currency, day, value and cost of the gifts."""
        return self.env.execute_query(
            SQL(
                """
                SELECT line.id, gift.currency_id, gift.date,
                       COALESCE(sum(gift.value) FILTER (WHERE %(counts)s), 0),
                       COALESCE(sum(gift.cost) FILTER (WHERE %(counts)s), 0)
                  FROM crm_gift_year AS line
                  JOIN crm_gift AS gift ON gift.partner_id = line.partner_id
                   AND date_part('year', gift.date) = line.year
                 WHERE line.partner_id = ANY(%(ids)s)
                   AND EXISTS (
                       SELECT FROM crm_gift AS other
                        WHERE other.partner_id = line.partner_id
                          AND date_part('year', other.date) = line.year
                          AND other.currency_id != line.currency_id)
              GROUP BY line.id, gift.currency_id, gift.date
                """,
                counts=COUNTS,
                ids=list(partner_ids),
            )
        )

from odoo import api, models
from odoo.tools import SQL

from ....tools.return_source import ReturnSource

GIVING_SOURCES = {
    "crm.gift": ["partner_id", "date", "cost", "currency_id", "state"],
    "crm.concession": ["partner_id", "date", "value", "currency_id", "state", "kind"],
    "crm.event.guest": ["partner_id", "event_id", "attendee_id", "state", "date"],
    "crm.event.cost": ["event_id", "actual"],
    "event.event": ["company_id"],
    "event.registration": ["event_id", "partner_id", "state", "active"],
    "sale.order.line": ["order_id", "price_subtotal", "price_unit", "discount"],
    "res.company": ["currency_id"],
}


class CrmAccountReturn(models.Model):
    """What is counted: each source one SELECT, from which both the figure and the list
    of its documents come, so that they cannot differ.

    A rebate counts once. What an order says is its price is in the revenue, and so is
    a concession on prices: discounts are told beside, and lessen nothing a second
    time.
    """

    _inherit = "crm.account.return"

    @api.model
    def _get_sources(self):
        """Hook: return ``{code: ReturnSource}`` of all that is counted, in the order
        of the screen (``tools/return_source.py`` says what each gives)."""
        return {
            **self._get_sales_sources(),
            **self._get_given_sources(),
            **self._get_time_sources(),
        }

    @api.model
    def _get_sales_sources(self):
        return {
            "orders": ReturnSource(
                self.env._("Orders"),
                "sale.order",
                "revenue",
                self._get_orders_sql,
                self.env._("Confirmed orders without taxes."),
            ),
            "returned": ReturnSource(
                self.env._("Taken back"),
                "account.move",
                "revenue",
                self._get_returned_sql,
                self.env._("What credit notes took back of orders."),
            ),
            "margin": ReturnSource(
                self.env._("Margin"),
                "sale.order",
                "margin",
                self._get_margins_sql,
                self.env._(
                    "Lines of orders whose cost is known, less price reductions and "
                    "what was taken back."
                ),
            ),
            "discount": ReturnSource(
                self.env._("Discounts"),
                "sale.order",
                "included",
                self._get_discounts_sql,
                self.env._(
                    "The price of a line before its discount, less the price after."
                ),
            ),
        }

    @api.model
    def _get_given_sources(self):
        return {
            "gift": ReturnSource(
                self.env._("Gifts"),
                "crm.gift",
                "given",
                self._get_gifts_sql,
                self.env._("What presented gifts cost, also those that came back."),
            ),
            "concession": ReturnSource(
                self.env._("Concessions"),
                "crm.concession",
                "given",
                self._get_concessions_sql,
                self.env._("Granted ones. Those on prices are in the revenue already."),
            ),
            "event": ReturnSource(
                self.env._("Activities"),
                "crm.event.guest",
                "given",
                self._get_events_sql,
                self.env._("What an activity really cost, by the attendees who came."),
            ),
        }

    @api.model
    def _get_orders_sql(self, partner_ids):
        return self._line_up(
            SQL(
                "bought.partner_id, bought.order_id, bought.day, bought.amount,"
                " NULL::int"
            ),
            SQL(
                "(%s) AS bought WHERE TRUE %s",
                self.env["res.partner"]._get_purchases_sql(partner_ids),
                self._get_since_sql("bought", "day", partner_ids),
            ),
        )

    @api.model
    def _get_returned_sql(self, partner_ids):
        return self._line_up(
            SQL("back.partner_id, back.move_id, back.day, -back.amount, NULL::int"),
            SQL(
                "(%s) AS back WHERE TRUE %s",
                self.env["res.partner"]._get_returns_sql(partner_ids),
                self._get_since_sql("back", "day", partner_ids),
            ),
        )

    @api.model
    def _get_margins_sql(self, partner_ids):
        averages = self.env["crm.account.return.average"]
        since = averages._get_first_day() if partner_ids is None else None
        return self._line_up(
            SQL(
                "earned.partner_id, earned.order_id, earned.day, earned.amount,"
                " NULL::int"
            ),
            SQL(
                "(%s) AS earned",
                self.env["res.partner"]._get_margin_sql(partner_ids, since),
            ),
        )

    @api.model
    def _get_discounts_sql(self, partner_ids):
        """What each line of a confirmed order would have come to without its discount,
        less what it came to; taxes aside. Of what is free the price is its only
        trace."""
        return self._line_up(
            SQL(
                """
                   bought.partner_id, bought.order_id, bought.day,
                   (CASE WHEN line.discount < 100
                         THEN line.price_subtotal * line.discount
                              / (100 - line.discount)
                         ELSE line.price_unit * line.product_uom_qty END)
                       / bought.own_rate / bought.company_rate,
                   NULL::int
                """
            ),
            SQL(
                """
                (%s) AS bought
                  JOIN sale_order_line AS line ON line.order_id = bought.order_id
                   AND line.discount > 0 AND line.discount <= 100
                 WHERE TRUE %s
                """,
                self.env["res.partner"]._get_purchases_sql(partner_ids),
                self._get_since_sql("bought", "day", partner_ids),
            ),
        )

    @api.model
    def _get_gifts_sql(self, partner_ids):
        """A gift that came back was paid for all the same."""
        return self._line_up(
            SQL("gift.partner_id, gift.id, gift.date, gift.cost, gift.currency_id"),
            SQL(
                "crm_gift AS gift WHERE gift.state IN ('given', 'returned') %s",
                self._get_only_sql("gift", partner_ids),
            ),
        )

    @api.model
    def _get_concessions_sql(self, partner_ids):
        return self._line_up(
            SQL("one.partner_id, one.id, one.date, one.value, one.currency_id"),
            SQL(
                "crm_concession AS one"
                " WHERE one.state = 'approved' AND one.kind <> 'price' %s",
                self._get_only_sql("one", partner_ids),
            ),
        )

    @api.model
    def _get_events_sql(self, partner_ids):
        """The actual cost of an activity is shared by all attendees who came, guests of
        customers or not."""
        return self._line_up(
            SQL(
                """
                   guest.partner_id, guest.id, guest.date,
                   spent.amount * came.own / GREATEST(came.everybody, came.own),
                   COALESCE(host.currency_id, fallback.currency_id)
                """
            ),
            SQL(
                """
                   crm_event_guest AS guest
              JOIN event_event AS event ON event.id = guest.event_id
         LEFT JOIN res_company AS host ON host.id = event.company_id
              JOIN res_company AS fallback ON fallback.id = %(default)s
        CROSS JOIN LATERAL (
                   SELECT COALESCE(sum(actual), 0) AS amount FROM crm_event_cost
                    WHERE event_id = event.id) AS spent
        CROSS JOIN LATERAL (
                   SELECT GREATEST(count(*) FILTER (
                              WHERE partner_id = guest.attendee_id), 1)::float8 AS own,
                          count(*) AS everybody
                     FROM event_registration
                    WHERE event_id = event.id AND state = 'done' AND active) AS came
             WHERE guest.state = 'attended' %(only)s
                """,
                default=self.env["res.company"]._get_relations_default().id,
                only=self._get_only_sql("guest", partner_ids),
            ),
        )

    @api.model
    def _line_up(self, columns, rows):
        """Return the SELECT of a source: ``columns`` are partner, document, day, amount
        and currency."""
        self.env["res.partner"]._flush_sources(GIVING_SOURCES)
        return SQL(
            "SELECT found.*, NULL::float8 AS minutes, FALSE AS unpriced"
            " FROM (SELECT %s FROM %s) AS found"
            " (partner_id, document_id, day, amount, currency_id)",
            columns,
            rows,
        )

    @api.model
    def _get_only_sql(self, alias, partner_ids, column="partner_id", day="date"):
        """Return the condition (from AND on) that ``alias`` is of these customers; of
        all, that it is not older than the averages need."""
        if partner_ids is None:
            return self._get_since_sql(alias, day, partner_ids)
        return SQL("AND %s = ANY(%s)", SQL.identifier(alias, column), list(partner_ids))

    @api.model
    def _get_since_sql(self, alias, column, partner_ids):
        """Return the condition (from AND on) that the averages need this day of
        ``alias``; nothing for some customers, of whom a plan may be older."""
        if partner_ids is not None or not column:
            return SQL("")
        return SQL(
            "AND %s >= %s",
            SQL.identifier(alias, column),
            self.env["crm.account.return.average"]._get_first_day(),
        )

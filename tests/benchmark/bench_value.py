"""The value of all customers against one hand-written statement (SE-11).

The statement reads the same orders and writes the same rows; what depends on the
history alone, it finds in the table of outlooks that ours has filled before.
"""

import logging

import customers
import stopwatch

from odoo import fields
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

TABLES = ("crm_customer_value", "crm_value_curve", "res_partner")
ACTIVITY = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
GAMMA = {"p": 6.25, "q": 3.74, "gamma": 15.44}
PLAIN = """
    INSERT INTO crm_customer_value (partner_id, model_id, currency_id, order_days,
           sales, repeat_sales, basis, expected_orders, order_value, value_12_months,
           lifetime_value)
    SELECT partner.id, %(model)s, %(currency)s, partner.order_day_count, money.sales,
           money.repeated, 'model', worth.orders, worth.each,
           worth.orders * worth.each, worth.discounted * worth.each
      FROM res_partner AS partner
      JOIN (SELECT o.partner_id, sum(o.amount_untaxed) AS sales,
                   sum(o.amount_untaxed) FILTER (
                       WHERE o.date_order::date > buyer.first_order_on) AS repeated
              FROM sale_order AS o
              JOIN res_partner AS buyer ON buyer.id = o.partner_id
             WHERE o.state = 'sale'
          GROUP BY o.partner_id) AS money ON money.partner_id = partner.id
      JOIN crm_value_curve AS curve
        ON curve.repeat_orders = partner.order_day_count - 1
       AND curve.age_days = %(today)s - partner.first_order_on
CROSS JOIN LATERAL (
           SELECT CASE WHEN order_day_count < 2 THEN 1
                  ELSE 1 / (1 + %(a)s / (%(b)s + order_day_count - 2)
                       * ((%(alpha)s + (%(today)s - first_order_on) / 7.0)
                        / (%(alpha)s + (last_order_on - first_order_on) / 7.0))
                       ^ (%(r)s + order_day_count - 1)) END AS share) AS active
CROSS JOIN LATERAL (
           SELECT active.share * curve.orders_12_months AS orders,
                  active.share * curve.orders_discounted AS discounted,
                  %(p)s * (%(gamma)s + COALESCE(money.repeated, 0))
                  / (%(p)s * (order_day_count - 1) + %(q)s - 1) AS each) AS worth
     WHERE partner.is_managed_customer
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, _made = stopwatch.begin(customers.fill, env, size)
    company = env["res.company"]._get_relations_default()
    model = _prepare_models(env, company)
    refresh = env["crm.customer.value"]._cron_refresh
    first = stopwatch.take_settled(env, TABLES, refresh)
    again = stopwatch.take_settled(env, TABLES, refresh)
    curves = env["crm.value.curve"].search_count([])
    env.cr.execute("UPDATE crm_customer_value SET value_12_months = 0")
    stopwatch.settle(env, TABLES)
    changed = stopwatch.take_settled(env, TABLES, refresh)
    plain, written = _write_plainly(env, company, model)
    return [
        filled,
        stopwatch.row(f"value, the first night, {written} rows", first, plain),
        stopwatch.row("value, all change", changed, plain),
        stopwatch.row("value, none changes", again, plain),
        ("histories that differ", curves, None, None),
    ]


def _prepare_models(env, company):
    """Count what customers have bought, and give both models parameters; return that
    of the value."""
    partners = env["res.partner"]
    partners._for_pages_of_customers(partners._refresh_sales_figures)
    domain = [("company_id", "=", company.id)]
    for name, parameters in (
        ("crm.activity.model", ACTIVITY),
        ("crm.value.model", GAMMA),
    ):
        env[name]._create_missing()
        env[name].search(domain).write(parameters)
    return env["crm.value.model"].search(domain)


def _write_plainly(env, company, model):
    """Return the seconds of the reference, and how many rows it writes."""
    env.cr.execute("DELETE FROM crm_customer_value")
    stopwatch.settle(env, TABLES)
    statement = SQL(
        PLAIN,
        model=model.id,
        currency=company.currency_id.id,
        today=fields.Date.today(),
        **ACTIVITY,
        **GAMMA,
    )
    seconds = stopwatch.take(env.cr.execute, statement)
    written = env.cr.rowcount
    env.cr.rollback()
    return seconds, written

"""Dates of the archives of all customers (AR-6, AR-8): what is due is read by index,
each beside the plain statement that it cannot do without, with its plan; and the data
card of fifty customers (AR-9)."""

import logging
from datetime import timedelta

import customers
import stopwatch

from odoo.tools import SQL

_logger = logging.getLogger(__name__)

KINDS = 9
DAYS = 1000  # over which the days of documents and reviews are spread
CARDS = 50
SPREAD = {"of": customers.CUSTOMERS, "days": DAYS}
TABLES = ("crm_customer_document", "crm_archive_upkeep", "res_partner")
DOCUMENTS = """
    INSERT INTO crm_customer_document (partner_id, customer_id, kind_id, active,
           is_complete, expires_on, remind_on, activity_on, create_date)
    SELECT id, id, (%(kinds)s::int[])[1 + number %% %(number)s], TRUE, TRUE, day + 30,
           day, day, now() AT TIME ZONE 'UTC'
      FROM %(of)s, LATERAL (SELECT CURRENT_DATE + number %% %(days)s - 10 AS day)
           AS told
"""
UPKEEP = """
    INSERT INTO crm_archive_upkeep (partner_id, custodian_id, since, review_due,
           activity_on, create_date)
    SELECT id, (%(people)s::int[])[1 + number %% %(count)s], CURRENT_DATE, day, day + 1,
           now() AT TIME ZONE 'UTC'
      FROM %(of)s, LATERAL (SELECT CURRENT_DATE + number / %(count)s %% %(days)s - 10
                            AS day) AS told
"""
PLAIN_DUE = """
    UPDATE %(table)s SET reminded_for = reminded_for WHERE id IN (
    SELECT id FROM %(table)s WHERE activity_on <= %(today)s
  ORDER BY activity_on, id LIMIT 500 FOR UPDATE)
"""
PLAIN_MISSING = """
    SELECT partner.user_id, count(*)
      FROM res_partner AS partner
CROSS JOIN crm_document_kind AS kind
     WHERE partner.is_managed_customer AND partner.active AND kind.active
       AND NOT EXISTS (SELECT FROM crm_customer_document AS document
                        WHERE document.kind_id = kind.id AND document.active
                          AND document.is_complete
                          AND document.customer_id = partner.id)
  GROUP BY partner.user_id
"""
PLAIN_PAGE = """
    SELECT partner.id FROM res_partner AS partner
     WHERE partner.is_managed_customer AND partner.active
       AND EXISTS (SELECT FROM crm_document_kind AS kind
                    WHERE kind.active AND NOT EXISTS (
                          SELECT FROM crm_customer_document AS document
                           WHERE document.kind_id = kind.id AND document.active
                             AND document.is_complete
                             AND document.customer_id = partner.id))
  ORDER BY partner.complete_name LIMIT 80
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, custodian = stopwatch.begin(_fill, env, size)
    rows = [filled]
    today = env["res.company"]._get_relations_default()._get_relations_today()
    for what, model in (
        ("documents whose day has come, 500", "crm.customer.document"),
        ("reviews whose day has come, 500", "crm.archive.upkeep"),
    ):
        table = SQL.identifier(env[model]._table)
        rows.append(
            _compare(
                *(env, what, env[model]._get_taken_sql()),
                SQL(PLAIN_DUE, table=table, today=today),
            )
        )
    rows += _read_lists(env.user.with_user(custodian).env, today)
    rows.append(_compare_page(env))
    rows.append(_compare_groups(env))
    return rows + _print_cards(env)


def _fill(env, size):
    """A document and a row of upkeep for each customer; return a custodian."""
    customers.fill(env, size)
    kinds = env["crm.document.kind"].create(
        [{"name": f"Kind {number}"} for number in range(KINDS)]
    )
    custodians = _create_custodians(env)
    env.flush_all()
    env.cr.execute(SQL(DOCUMENTS, kinds=kinds.ids, number=KINDS, **SPREAD))
    env.cr.execute("DELETE FROM crm_archive_upkeep")
    people = {"people": custodians.ids, "count": len(custodians)}
    env.cr.execute(SQL(UPKEEP, **people, **SPREAD))
    stopwatch.settle(env, TABLES)
    return custodians[0]


def _create_custodians(env):
    group = env.ref("crm_relations.group_custodian")
    return env["res.users"].create(
        [
            {
                **{"name": f"Custodian {number}", "login": f"custodian{number}"},
                "group_ids": group.ids,
            }
            for number in range(customers.OWNERS)
        ]
    )


def _read_lists(env, today):
    """Return the rows of what the cards of one custodian read."""
    cards = env["crm.my.day"]._get_my_day_cards(env.user, today)
    found = {card["key"]: card for card in cards}
    plain = {
        "reviews": SQL(
            "SELECT id, count(*) OVER () FROM crm_archive_upkeep"
            " WHERE custodian_id = %s AND review_due <= %s"
            " ORDER BY review_due, id LIMIT 3",
            *(env.uid, today + timedelta(days=7)),
        ),
        "documents_kept": SQL(
            """
            SELECT partner.id, count(*) OVER ()
              FROM crm_archive_upkeep AS upkeep
              JOIN res_partner AS partner ON partner.id = upkeep.partner_id
        CROSS JOIN crm_document_kind AS kind
             WHERE upkeep.custodian_id = %s AND kind.active
               AND NOT EXISTS (SELECT FROM crm_customer_document AS document
                                WHERE document.kind_id = kind.id
                                  AND document.customer_id = partner.id)
          ORDER BY partner.id LIMIT 3
            """,
            env.uid,
        ),
    }
    rows = []
    for key, reference in plain.items():
        query = env["crm.my.day"]._search_card(found[key], limit=3)
        select = query.select(
            SQL.identifier(query.table, "id"), SQL("COUNT(*) OVER ()")
        )
        rows.append(_compare(env, f"My Day, {key}", select, reference))
    due = env["crm.document.due"]
    some = due.search([("custodian_id", "=", env.uid)], limit=80)
    query = due._search([("id", "in", some.ids)])
    [count] = env.execute_query(SQL("SELECT count(*) FROM res_partner"))
    known = SQL("SELECT id FROM res_partner WHERE id IN %s", some.customer_id._ids)
    rows.append(_compare(env, f"80 lines by id, of {count[0]}", query.select(), known))
    return rows


def _compare_page(env):
    """Return the row of the first page of the whole list, with its count as Odoo's list
    asks for it."""
    due = env["crm.document.due"]
    domain = [("state", "=", "missing")]

    def read():
        due.web_search_read(domain, {"customer_id": {}}, limit=80, count_limit=10001)

    ours = _time(env, read)
    plain = _time(env, lambda: env.cr.execute(SQL(PLAIN_PAGE)))
    return stopwatch.row("a page of 80 of all that is missing", ours, plain)


def _compare_groups(env):
    """Return the row of the whole list, grouped by salesperson."""
    due = env["crm.document.due"]
    ours = _time(
        env, lambda: due._read_group([("state", "=", "missing")], ["owner_id"])
    )
    plain = _time(env, lambda: env.cr.execute(SQL(PLAIN_MISSING)))
    return stopwatch.row("all that is missing, by salesperson", ours, plain)


def _print_cards(env):
    """Return the rows of fifty data cards, beside five."""
    report = env["ir.actions.report"]
    name = "crm_relations.crm_customer_card"
    domain = [("is_managed_customer", "=", True)]
    some = env["res.partner"].search(domain, limit=CARDS)
    rows = []
    for cards in (some[:5], some):
        report._render_qweb_html(name, cards.ids)
        env.invalidate_all()
        before = env.cr.sql_log_count
        html = _time(
            env,
            lambda cards=cards: report._render_qweb_html(name, cards.ids),
            once=True,
        )
        statements = env.cr.sql_log_count - before
        what = f"data cards of {len(cards)}, {statements} statements"
        rows.append(stopwatch.row(what, html))
    pdf = stopwatch.take(report._render_qweb_pdf, name, some.ids)
    return [*rows, stopwatch.row("the PDF of fifty", pdf)]


def _compare(env, what, ours, reference):
    explained = env.execute_query(SQL("EXPLAIN %s", ours))
    _logger.warning("%s\n%s", what, "\n".join(line for (line,) in explained))
    mine = _time(env, lambda: env.cr.execute(ours))
    plain = _time(env, lambda: env.cr.execute(reference))
    return stopwatch.row(what, mine, plain)


def _time(env, step, once=False):
    """Return the seconds of the quickest of three runs, which leave nothing behind."""
    spent = []
    for _turn in range(1 if once else 3):
        with env.cr.savepoint() as point:
            spent.append(stopwatch.take(step))
            point.rollback()
        env.invalidate_all()
    return min(spent)

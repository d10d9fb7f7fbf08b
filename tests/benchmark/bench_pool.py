"""Opening the list of the pool, and claiming, among any number of customers (PO-7).

Half of the customers are in the pool, the others have one of a hundred owners. The
reference of the list reads and counts the same rows by two hand-written statements,
that of the claims changes and logs the same customers by two.
"""

import statistics

import customers
import stopwatch
from lxml import etree

from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

OWNERS = 100
CLAIMS = 100
PAGE = 80

PLAIN_PAGE = """
    SELECT id, complete_name, tier_id, city, industry_id, sales_12_months, pool_id,
           pool_since
      FROM res_partner
     WHERE is_managed_customer AND pool_id IS NOT NULL AND active
  ORDER BY pool_since DESC, id LIMIT %(page)s
"""
PLAIN_COUNT = """
    SELECT count(*) FROM (
        SELECT FROM res_partner
         WHERE is_managed_customer AND pool_id IS NOT NULL AND active
         LIMIT 10001) AS counted
"""
PLAIN_CLAIM = """
    UPDATE res_partner SET user_id = %(user)s, pool_id = NULL, pool_since = NULL,
           owner_since = now() AT TIME ZONE 'UTC'
     WHERE id = %(id)s AND pool_id IS NOT NULL
"""
PLAIN_LEDGER = """
    INSERT INTO crm_ownership_change (partner_id, kind, to_user_id, decided_at)
    VALUES (%(id)s, 'claim', %(user)s, now() AT TIME ZONE 'UTC')
"""


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    filled, seller = stopwatch.begin(_fill, env, size)
    rows = [filled]
    return rows + _measure_list(env, seller) + _measure_claims(env, seller)


def _fill(env, size):
    env["res.company"].search([]).customers_are_owned = True
    group = env.ref("crm_relations.group_sales_user")
    owners = env["res.users"].create(
        [
            {"name": f"Owner {n}", "login": f"owner{n}", "group_ids": group.ids}
            for n in range(OWNERS)
        ]
    )
    pool = env.ref("crm_relations.crm_pool_public")
    pattern = env["res.partner"].create(
        {"name": "Customer", "is_managed_customer": True}
    )
    in_pool = SQL("number %% 2 = 0")
    since = SQL("now() AT TIME ZONE 'UTC' - (number %% 400) * interval '1 day'")
    values = {
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        "name": SQL("'Customer ' || number"),
        "complete_name": SQL("'Customer ' || number"),
        "phone": SQL("'+1 555 ' || number"),
        "city": SQL("'City ' || number %% 500"),
        "pool_id": SQL("CASE WHEN %s THEN %s::int END", in_pool, pool.id),
        "pool_since": SQL("CASE WHEN %s THEN %s END", in_pool, since),
        "user_id": SQL(
            "CASE WHEN NOT %s THEN (%s::int[])[1 + number %% %s] END",
            *(in_pool, owners.ids, OWNERS),
        ),
        "owner_since": SQL("CASE WHEN NOT %s THEN %s END", in_pool, since),
    }
    source = SQL("generate_series(1, %s) AS number", size)
    customers.insert_bare(env, pattern, values, source)
    pattern.unlink()
    env.cr.execute("ANALYZE res_partner")
    env.cr.commit()
    env.invalidate_all()
    return owners[0]


def _measure_list(env, seller):
    partners = env["res.partner"].with_user(seller)
    action = env.ref("crm_relations.crm_pool_customer_action").sudo()
    domain = safe_eval(action.domain, {"uid": seller.id})
    specification = _get_specification(partners)

    def open_list():
        env.invalidate_all()
        partners.web_search_read(
            domain,
            specification,
            limit=PAGE,
            order="pool_since desc, id",
            count_limit=10001,
        )

    def open_panel():
        env.invalidate_all()
        for name in ("pool_id", "tier_id"):
            partners.search_panel_select_range(name, search_domain=[])

    def plain():
        for statement in (PLAIN_PAGE, PLAIN_COUNT):
            env.cr.execute(statement, {"page": PAGE})
            env.cr.fetchall()

    mine, theirs = _median(open_list), _median(plain)
    return [
        stopwatch.row("opening the list of the pool; two statements", mine, theirs),
        stopwatch.row("its search panel", _median(open_panel)),
        stopwatch.row("its banner", _median(partners.get_pool_standing)),
        ("statements of the list", _count(env, open_list), None, None),
    ]


def _get_specification(partners):
    view = partners.env.ref("crm_relations.crm_pool_customer_view_list")
    arch = etree.fromstring(partners.get_view(view.id, "list")["arch"])
    specification = {}
    for node in arch.iter("field"):
        field = partners._fields[node.get("name")]
        named = {"fields": {"display_name": {}}}
        specification[field.name] = named if field.type == "many2one" else {}
    return specification


def _measure_claims(env, seller):
    pooled = env["res.partner"].search(
        [("pool_id", "!=", False)], limit=12 * CLAIMS, order="id"
    )
    counts = []
    mine = stopwatch.take(
        lambda: counts.extend(_claim(env, seller, one) for one in pooled[:CLAIMS])
    )
    plain = stopwatch.take(
        lambda: [
            _claim_plainly(env, seller, one.id) for one in pooled[CLAIMS : 2 * CLAIMS]
        ]
    )
    many = pooled[2 * CLAIMS :]
    together = stopwatch.take(_claim, env, seller, many)
    return [
        stopwatch.row(f"{CLAIMS} claims; plain statements", mine, plain),
        ("statements of the second claim", counts[1], None, None),
        ("statements of the last claim", counts[-1], None, None),
        stopwatch.row(f"{len(many)} claims in one call", together),
    ]


def _claim(env, seller, partners):
    """Claim and commit; return the number of statements it took."""
    before = env.cr.sql_log_count
    answers = partners.with_user(seller).pool_claim()
    env.cr.commit()
    count = env.cr.sql_log_count - before
    refused = [answer for answer in answers if not answer["ok"]]
    if refused:
        raise AssertionError(refused[0])
    env.invalidate_all()
    return count


def _claim_plainly(env, seller, partner_id):
    for statement in (PLAIN_CLAIM, PLAIN_LEDGER):
        env.cr.execute(statement, {"id": partner_id, "user": seller.id})
    env.cr.commit()


def _count(env, step):
    before = env.cr.sql_log_count
    step()
    return env.cr.sql_log_count - before


def _median(step):
    step()
    return statistics.median(stopwatch.take(step) for _once in range(5))

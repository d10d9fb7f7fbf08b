"""A world for the nightly jobs and the jobs themselves, run by ``scratch.Workers``.

Customers, contacts, orders and profiles are copies of a row that Odoo made.
"""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from sample import cdnow, copies

FRESH = 7  # every seventh customer came to its salesperson just now
CUSTOMERS = SQL(
    "(SELECT id FROM res_partner WHERE ref LIKE 'NIGHT %%' AND parent_id IS NULL)"
    " AS customer"
)
# Of each its own, for the pool hides them.
NUMBERS = {
    "phone": SQL("'P' || currval('res_partner_id_seq')"),
    "email": SQL("'E' || currval('res_partner_id_seq')"),
}
PERSONS = SQL(
    "(SELECT id, parent_id FROM res_partner WHERE function = 'same' AND id %% 2 = 0)"
    " AS contact"
)


def fill(env, count):
    """Make ``count`` customers with two contacts, an order, and half as many
    birthdays."""
    env["res.company"].search([]).customers_are_owned = True
    _start_rules(env)
    owner, other = env["res.users"].create(
        [{"name": name, "login": name} for name in ("owner", "other")]
    )
    # Below what the owner holds already: who holds too many can still lose them.
    env["crm.pool.quota"].create(
        {"name": "All", "limit_customers": True, "max_customers": 10}
    )
    _copy_customers(env, owner, int(count))
    for name, user in (("same", owner), ("other", other)):
        _copy_contacts(env, name, user)
    _copy_orders(env)
    _copy_profiles(env)
    env.cr.execute("ANALYZE")


def _start_rules(env):
    today = env["res.company"]._get_relations_default()._get_relations_today()
    start = {"start_date": today - timedelta(days=400), "active": True}
    env.ref("crm_relations.crm_tier_scheme_revenue").write(start)
    env.ref("crm_relations.crm_pool_rule_followup").write(start)
    env.ref("crm_relations.crm_pool_public").write(
        {"hides_phone": True, "hides_email": True, "hides_contacts": True}
    )
    birthday = env.ref("crm_relations.crm_care_rule_birthday")
    template = env["sms.template"].search([("model", "=", "res.partner")], limit=1)
    birthday.write(start | {"sms_template_id": template.id})
    also = {"name": "Also", "active": False, "importance": "2"}
    birthday.copy(start | also)


def _copy_customers(env, owner, count):
    pattern = env["res.partner"].create(
        {"name": "Customer", "is_company": True, "is_managed_customer": True}
    )
    numbers = SQL("generate_series(1, %s) AS number", count)
    age = SQL("CASE WHEN number %% %s = 0 THEN 1 ELSE 100 END", FRESH)
    values = {
        "ref": SQL("'NIGHT ' || number"),
        "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
        **NUMBERS,
        "user_id": SQL("%s", owner.id),
        "owner_since": SQL("now() AT TIME ZONE 'UTC' - %s * interval '1 day'", age),
    }
    copies.insert(env, pattern, values, numbers)
    pattern.unlink()


def _copy_contacts(env, name, user):
    pattern = env["res.partner"].create({"name": name})
    values = {
        "function": SQL("%s", name),
        "parent_id": SQL("customer.id"),
        "commercial_partner_id": SQL("customer.id"),
        **NUMBERS,
        "user_id": SQL("%s", user.id),
    }
    copies.insert(env, pattern, values, CUSTOMERS)
    pattern.unlink()


def _copy_orders(env):
    pattern = cdnow.create_pattern_order(env)
    amount = SQL("100 + customer.id %% 1000")
    values = {
        "name": SQL("'NIGHT ' || customer.id"),
        "partner_id": SQL("customer.id"),
        "partner_invoice_id": SQL("customer.id"),
        "partner_shipping_id": SQL("customer.id"),
        "amount_untaxed": amount,
        "amount_total": amount,
        "access_token": SQL("NULL"),
    }
    copies.insert(env, pattern, values, CUSTOMERS)


def _copy_profiles(env):
    born = fields.Date.today() + timedelta(days=1)
    pattern = env["crm.person.profile"].create(
        {
            "partner_id": env["res.partner"].create({"name": "Person"}).id,
            "birth_month": born.month,
            "birth_day": born.day,
        }
    )
    values = {
        "partner_id": SQL("contact.id"),
        "customer_id": SQL("contact.parent_id"),
    }
    copies.insert(env, pattern, values, PERSONS)
    pattern.partner_id.unlink()


def release_job(env):
    """The scheduled action as Odoo starts it."""
    env.ref("crm_relations.ir_cron_pool_release").method_direct_trigger()


def tier_job(env):
    env.ref("crm_relations.ir_cron_segments").method_direct_trigger()


def care_job(env):
    env.ref("crm_relations.ir_cron_care").method_direct_trigger()
    env.ref("crm_relations.ir_cron_care_dispatch").method_direct_trigger()


def release(env):
    """What the action runs: Odoo starts one action once, two hosts may run this."""
    env["crm.pool.rule"]._cron_release()


def tiers(env):
    env["crm.segmentation"]._cron_decide()


def care(env):
    env["crm.care.rule"]._cron_create_tasks()
    env["crm.care.dispatch"]._cron_dispatch()

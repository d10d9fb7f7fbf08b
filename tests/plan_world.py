"""Customers with all that the nightly jobs read, made within one transaction: the
planner knows nothing of them but what it was told before."""

from datetime import timedelta

from benchmark import customers

from odoo import fields
from odoo.tools import SQL

from sample import cdnow, copies

CUSTOMERS = 1000
# The groups of who opens all lists.
READER = ("crm_relations.group_relations_manager", "sales_team.group_sale_manager")
OWNERS = 20
RULES = (
    *("crm.tier.scheme", "crm.lifecycle.rule", "crm.pool.rule"),
    *("crm.care.rule", "crm.callback.rule"),
)
# What is filled, and what the jobs fill.
TABLES = (
    *("res_partner", "sale_order", "sale_order_line", "crm_lead", "crm_followup"),
    *("crm_person_profile", "crm_working_day", "resource_resource"),
    *("resource_calendar_leaves", "mail_activity", "account_move", "res_users"),
    *("account_move_line", "sale_order_line_invoice_rel", "crm_pool_holding"),
    *("crm_care_task", "crm_callback", "crm_ownership_change", "crm_hidden_value"),
    *("crm_tier_change", "crm_lifecycle_change", "crm_relationship_change"),
    *("crm_pool_notice", "mail_message"),
)


def fill(env, size=CUSTOMERS):
    """Make ``size`` owned customers with contacts, orders, opportunities,
    follow-ups, birthdays and activities, and owners with leave."""
    env["res.company"].search([]).customers_are_owned = True
    owners = _create_owners(env)
    customers.copy_customers(env, owners, size)
    customers.copy_contacts(env)
    customers.copy_profiles(env)
    _copy_orders(env)
    _copy_leads(env)
    _copy_followups(env)
    _copy_activities(env)
    _start_rules(env)
    env.invalidate_all()


def _create_owners(env):
    owners = env["res.users"].create(
        [{"name": f"Owner {n}", "login": f"planned{n}"} for n in range(OWNERS)]
    )
    resources = env["resource.resource"].create(
        [{"name": user.name, "user_id": user.id, "tz": "UTC"} for user in owners]
    )
    now = fields.Datetime.now()
    env["resource.calendar.leaves"].create(
        [
            {
                "name": "Leave",
                "resource_id": resource.id,
                "calendar_id": False,
                "date_from": now + timedelta(days=40 * part),
                "date_to": now + timedelta(days=40 * part + 10),
            }
            for resource in resources
            for part in (-2, -1, 1, 2)
        ]
    )
    return owners


def _start_rules(env):
    """Let all rules act that are shipped, and all kinds of days be counted."""
    since = fields.Date.today() - timedelta(days=365)
    for model in RULES:
        rules = env[model].with_context(active_test=False).search([])
        rules.write({"active": True, "start_date": since})
    pool = env.ref("crm_relations.crm_pool_rule_followup")
    for place, (kind, leave) in enumerate(
        [("working", False), ("working", True), ("calendar", True)]
    ):
        values = {"name": f"{kind} {leave}", "sequence": place, "clock": "opportunity"}
        pool.copy({**values, "day_kind": kind, "skip_leave": leave, "active": True})
    pool.pool_id.write({"hides_phone": True, "hides_email": True})


def _copy_orders(env):
    pattern = cdnow.create_pattern_order(env)
    ordered = SQL(
        "current_date - (1 + number %% 500) * interval '1 day' + interval '12 hours'"
    )
    links = ("partner_id", "partner_invoice_id", "partner_shipping_id")
    orders = SQL(
        "(SELECT id, number, part FROM %s, generate_series(1, 2) AS part) AS s",
        customers.CUSTOMERS,
    )
    values = {
        "name": SQL("'PLAN ' || s.number"),
        **dict.fromkeys(links, SQL("s.id")),
        "date_order": ordered,
        "create_date": ordered,
        "access_token": SQL("NULL"),
    }
    copies.insert(env, pattern, values, orders)
    lines = SQL(
        "(SELECT id, partner_id FROM sale_order WHERE name LIKE 'PLAN %%') AS s"
    )
    values = {
        "order_id": SQL("s.id"),
        "order_partner_id": SQL("s.partner_id"),
    }
    copies.insert(env, pattern.order_line, values, lines)


def _copy_leads(env):
    pattern = env["crm.lead"].create({"name": "Lead", "type": "opportunity"})
    values = {
        "partner_id": SQL("customer.id"),
        "create_date": SQL("current_date - customer.number %% 300"),
    }
    copies.insert(env, pattern, values, customers.CUSTOMERS)
    pattern.unlink()


def _copy_followups(env):
    partner = env["res.partner"].create({"name": "P", "is_managed_customer": True})
    kind = env.ref("crm_relations.crm_followup_kind_call")
    pattern = env["crm.followup"].create(
        {"partner_id": partner.id, "kind_id": kind.id, "purpose": "Called"}
    )
    values = {
        "partner_id": SQL("customer.id"),
        "customer_id": SQL("customer.id"),
        "date": SQL("now() AT TIME ZONE 'UTC' - number %% 200 * interval '1 day'"),
    }
    copies.insert(env, pattern, values, customers.CUSTOMERS)


def _copy_activities(env):
    partner = env["res.partner"].create({"name": "P"})
    pattern = partner.activity_schedule("mail.mail_activity_data_call")
    values = {
        "res_id": SQL("customer.id"),
        "res_name": SQL("'Customer'"),
    }
    copies.insert(env, pattern, values, customers.CUSTOMERS)

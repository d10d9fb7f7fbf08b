from datetime import timedelta

from odoo.tools import SQL, sql

# Stored fields that Odoo would compute for every contact while installing: minutes
# on a million of them. Their columns are made here, empty, and filled by statements.
COMPUTED_COLUMNS = {
    "is_managed_customer": "bool",
    "archive_rate": "int4",
    "archive_basic_rate": "int4",
    "archive_characteristics_rate": "int4",
    "archive_business_rate": "int4",
    "archive_transaction_rate": "int4",
    "last_followup_at": "timestamp",
    "pool_release_date": "date",
    "pool_rule_id": "int4",
    "pool_release_facts": "jsonb",
}

# One after the other, as each reads what the one before has written.
NIGHTLY_JOBS = [
    "pool_shares",
    "segments",
    "pool_dates",
    "pool_release",
    "care",
    "archive_completeness",
]

# Columns of the customer that would keep our records from being deleted.
LINKS = ["pool_id", "pool_rule_id", "tier_id", "tier_override_id", "nature_id"]


def pre_init_hook(env):
    for name, kind in COMPUTED_COLUMNS.items():
        if not sql.column_exists(env.cr, "res_partner", name):
            sql.create_column(env.cr, "res_partner", name, kind)


def post_init_hook(env):
    """Take the customers that are there already into care."""
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner AS customer
               SET is_managed_customer = TRUE,
                   owner_since = CASE WHEN customer.user_id IS NOT NULL
                                      THEN now() AT TIME ZONE 'UTC' END
             WHERE customer.commercial_partner_id = customer.id
               AND customer.is_managed_customer IS NOT TRUE
               AND customer.partner_share
               AND NOT EXISTS (SELECT FROM res_company AS company
                                WHERE company.partner_id = customer.id)
               AND (customer.customer_rank > 0
                    OR EXISTS (
                       SELECT FROM res_partner AS contact
                         JOIN sale_order AS o ON o.partner_id = contact.id
                        WHERE contact.commercial_partner_id = customer.id
                          AND o.state = 'sale')
                    OR EXISTS (
                       SELECT FROM res_partner AS contact
                         JOIN crm_lead AS lead ON lead.partner_id = contact.id
                        WHERE contact.commercial_partner_id = customer.id
                          AND lead.type = 'opportunity'))
            """
        )
    )
    partners = env["res.partner"]
    partners.invalidate_model()
    partners._refresh_sales_figures()
    partners._refresh_completeness()
    _schedule_nights(env)


def _schedule_nights(env):
    """Let the nightly jobs start after midnight where the company works."""
    company = env["res.company"]._get_relations_default()
    tomorrow = company._get_relations_today() + timedelta(days=1)
    midnight = company._get_relations_day_start(tomorrow)
    for minutes, name in enumerate(NIGHTLY_JOBS, start=1):
        job = env.ref(f"crm_relations.ir_cron_{name}")
        job.nextcall = midnight + timedelta(minutes=5 + 20 * minutes)


def uninstall_hook(env):
    """Remove what Odoo does not: parameters, activities made by our rooms, and an index
    on a column of Odoo's. Links to our records are cut first: Odoo would try to delete
    what is still in use, one by one, and log an error for each."""
    tasks = env["crm.care.task"].with_context(active_test=False).search([])
    tasks.activity_id.unlink()
    followups = env["crm.followup"].search([("activity_id", "!=", False)])
    followups.activity_id.unlink()
    env["ir.config_parameter"].search([("key", "=like", "crm_relations.%")]).unlink()
    env.flush_all()
    env.cr.execute("DELETE FROM crm_followup")
    links = SQL(", ").join(SQL("%s = NULL", SQL.identifier(name)) for name in LINKS)
    used = SQL(" OR ").join(
        SQL("%s IS NOT NULL", SQL.identifier(name)) for name in LINKS
    )
    env.cr.execute(SQL("UPDATE res_partner SET %s WHERE %s", links, used))
    for table in ("crm_tier_cut", "crm_ownership_change", "crm_tier_change"):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    env.cr.execute("DELETE FROM crm_pool_rule")
    env.cr.execute("DROP INDEX IF EXISTS res_partner__user_id_index")
    env.invalidate_all()

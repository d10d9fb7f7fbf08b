from datetime import timedelta

from odoo import fields
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
    "contact_due_date": "date",
    "visit_due_date": "date",
    "geo_datum": "varchar",
    "is_located": "bool",
    "geo_latitude": "float8",
    "geo_longitude": "float8",
    "phone_digits": "varchar",
    "pool_release_date": "date",
    "pool_rule_id": "int4",
    "pool_release_facts": "jsonb",
}

# One after the other, as each reads what the one before has written.
NIGHTLY_JOBS = [
    "working_days",
    "pool_shares",
    "pool_stays",
    "segments",
    "contact_dates",
    "pool_dates",
    "pool_release",
    "pool_holdings",
    "care",
    "archive_completeness",
    "activity_fit",  # monthly, but in the night as well
]

# Columns of the customer that would keep our records from being deleted.
LINKS = [
    *["pool_id", "pool_rule_id", "tier_id", "tier_override_id", "nature_id"],
    "activity_model_id",
]

# Ours, on columns of Odoo's.
INDEXES = [
    "res_partner__user_id_index",
    "res_partner__phone_sanitized_index",
    "res_partner__phone_tail_idx",
    "sale_order__commitment_date_index",
    "loyalty_card__expiration_date_index",
]


def pre_init_hook(env):
    for name, kind in COMPUTED_COLUMNS.items():
        if not sql.column_exists(env.cr, "res_partner", name):
            sql.create_column(env.cr, "res_partner", name, kind)


def post_init_hook(env):
    """Take the customers that are there already into care."""
    env.flush_all()
    _manage_customers(env)
    _locate_partners(env)
    partners = env["res.partner"]
    partners.invalidate_model()
    partners._refresh_sales_figures()
    partners._refresh_usual_intervals()
    partners._refresh_activity()
    partners._refresh_completeness()
    _log_done_activities(env)
    _schedule_nights(env)


def _manage_customers(env):
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner AS customer
               SET is_managed_customer = TRUE,
                   owner_since = CASE WHEN customer.user_id IS NOT NULL
                                      THEN %(now)s END
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
            """,
            now=fields.Datetime.now(),
        )
    )


def _locate_partners(env):
    """Take over the positions that Odoo knows."""
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner
               SET is_located = TRUE, geo_datum = 'WGS84',
                   geo_latitude = partner_latitude, geo_longitude = partner_longitude
             WHERE partner_latitude BETWEEN -90 AND 90
               AND partner_longitude BETWEEN -180 AND 180
               AND (partner_latitude <> 0 OR partner_longitude <> 0)
            """
        )
    )


def _log_done_activities(env):
    """Let Odoo's own types of activity log a follow-up once they are done. By code:
    data of another addon would be written again with each of our upgrades."""
    for name in ("call", "meeting", "email"):
        kind = env.ref(f"crm_relations.crm_followup_kind_{name}")
        activity_type = env.ref(f"mail.mail_activity_data_{name}", False)
        if activity_type:
            activity_type.followup_kind_id = kind


def _schedule_nights(env):
    """Let the nightly jobs start after midnight where the company works."""
    company = env["res.company"]._get_relations_default()
    tomorrow = company._get_relations_today() + timedelta(days=1)
    midnight = company._get_relations_day_start(tomorrow)
    for minutes, name in enumerate(NIGHTLY_JOBS, start=1):
        job = env.ref(f"crm_relations.ir_cron_{name}")
        job.nextcall = midnight + timedelta(minutes=5 + 20 * minutes)


def uninstall_hook(env):
    """Remove what Odoo does not: parameters, activities made by our rooms, and indexes
    on columns of Odoo's. Links to our records are cut first: Odoo would try to delete
    what is still in use, one by one, and log an error for each."""
    env["crm.hidden.value"]._show_all()
    tasks = env["crm.care.task"].with_context(active_test=False).search([])
    (tasks.activity_id | tasks.warning_id).unlink()
    env["crm.lost.customer"].search([]).activity_id.unlink()
    followups = env["crm.followup"].search([("activity_id", "!=", False)])
    followups.activity_id.unlink()
    env.cr.execute("DELETE FROM crm_callback")  # with its attempts
    env["mail.activity"].search([("crm_playbook_run_id", "!=", False)]).unlink()
    env.flush_all()
    env.cr.execute("DELETE FROM crm_followup")
    links = SQL(", ").join(SQL("%s = NULL", SQL.identifier(name)) for name in LINKS)
    used = SQL(" OR ").join(
        SQL("%s IS NOT NULL", SQL.identifier(name)) for name in LINKS
    )
    env.cr.execute(SQL("UPDATE res_partner SET %s WHERE %s", links, used))
    used_by = ["crm_tier_cut", "crm_ownership_change", "crm_tier_change"]
    for table in [*used_by, "crm_lost_customer"]:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
    env.cr.execute("DELETE FROM crm_pool_rule")
    # A template in use cannot be deleted, and Odoo deletes ours before the rules.
    env.cr.execute(
        "UPDATE crm_care_rule SET sms_template_id = NULL, mail_template_id = NULL"
    )
    # Last: what was removed before may have set one of them.
    env["ir.config_parameter"].search([("key", "=like", "crm_relations.%")]).unlink()
    for index in INDEXES:
        env.cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(index)))
    env.invalidate_all()

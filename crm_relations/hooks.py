from datetime import timedelta

from odoo.tools import SQL

from .tools.ahead import add_ahead, in_short

# Columns of the customer that would keep our records from being deleted.
LINKS = [
    *["pool_id", "pool_rule_id", "tier_id", "tier_override_id", "nature_id"],
    "activity_model_id",
]

# Ours, on columns of Odoo's.
INDEXES = [
    "res_partner__user_id_index",
    "res_partner__phone_sanitized_index",
    "res_partner__email_normalized_index",
    "res_partner__phone_tail_idx",
    "sale_order__commitment_date_index",
    "loyalty_card__expiration_date_index",
]


def pre_init_hook(env):
    """Change the tables that are in use without making anybody wait. Nothing is
    computed here for the customers that are there: see ``crm.take.in``."""
    add_ahead(env, "crm_relations")


def post_init_hook(env):
    """Start to take the customers that are there already into care."""
    env["crm.take.in"]._start()
    _log_done_activities(env)
    _schedule_nights(env)


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
    jobs = env["res.config.settings"]._get_nightly_jobs()
    for minutes, job in enumerate(jobs, start=1):
        job.nextcall = midnight + timedelta(minutes=5 + 15 * minutes)


def uninstall_hook(env):
    """Remove what Odoo does not: parameters, activities made by our rooms, and indexes
    on columns of Odoo's. Links to our records are cut first: Odoo would try to delete
    what is still in use, one by one, and log an error for each."""
    # First, and committed: whoever reads such a table would wait for all the rest.
    for index in INDEXES:
        statement = SQL("DROP INDEX IF EXISTS %s", SQL.identifier(index))
        in_short(env.cr, lambda drop=statement: env.cr.execute(drop))
    env["crm.hidden.value"]._show_all()
    clubs = env["crm.club"].with_context(active_test=False)
    clubs.search([])._close_ledgers()  # pylint: disable=no-search-all
    _remove_activities(env)
    env.cr.execute("DELETE FROM crm_callback")  # with its attempts
    env.flush_all()
    # What has been done keeps its rule, its playbook and its colleague from going.
    done = [
        *("crm_followup", "crm_care_task", "crm_playbook_run", "crm_customer_share"),
        *("crm_gift", "crm_favour"),
    ]
    for table in done:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
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
    env.invalidate_all()


def _remove_activities(env):
    tasks = env["crm.care.task"].with_context(active_test=False).search([])
    (tasks.activity_id | tasks.warning_id).unlink()
    env["crm.lost.customer"].search([]).activity_id.unlink()
    asking = env.ref("crm_relations.mail_activity_type_asks_to_share", False)
    activities = env["mail.activity"].with_context(active_test=False)
    activities.search([("activity_type_id", "=", asking and asking.id)]).unlink()
    followups = env["crm.followup"].search([("activity_id", "!=", False)])
    followups.activity_id.unlink()
    env["mail.activity"].search([("crm_playbook_run_id", "!=", False)]).unlink()

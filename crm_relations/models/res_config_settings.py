from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

LONGEST_DAYS = 36500
# The one list of what is done each day, and so at night: one after the other, as each
# reads what the one before has written.
NIGHTLY_JOBS = (
    "take_in",
    "name_keys",
    "working_days",
    "pool_shares",
    "pool_stays",
    "loans",
    "account_teams",
    "segments",
    "contact_dates",
    "pool_dates",
    "pool_release",
    "pool_holdings",
    "referrals",
    "earning",
    "points_due",
    "club_levels",
    "care",
    "archive_completeness",
    "archive_upkeep",
    "document_reminders",
    "duplicates",
    "club_check",
    "activity_fit",  # monthly, but in the night as well
    "value_fit",
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    relations_tz = fields.Selection(
        related="company_id.resource_calendar_id.tz",
        string="Time Zone of the Company",
        readonly=False,
    )
    relations_new_customer_days = fields.Integer(
        string="New Customer for (days)",
        config_parameter="crm_relations.new_customer_days",
        default=180,
    )
    relations_main_customer_share = fields.Integer(
        string="Main Customers Bring (%)",
        config_parameter="crm_relations.main_customer_share",
        default=80,
    )
    relations_scattered_customer_orders = fields.Integer(
        string="Scattered up to (orders)",
        config_parameter="crm_relations.scattered_customer_orders",
        default=1,
    )
    relations_take_in_notice = fields.Char(compute="_compute_relations_take_in_notice")
    relations_start_playbooks = fields.Boolean(
        string="Start Playbooks", config_parameter="crm_relations.start_playbooks"
    )

    def _compute_relations_take_in_notice(self):
        self.relations_take_in_notice = self.env["crm.take.in"]._get_notice()

    @api.constrains(
        "relations_new_customer_days",
        "relations_main_customer_share",
        "relations_scattered_customer_orders",
    )
    def _check_relations_classes(self):
        for settings in self:
            days = settings.relations_new_customer_days
            orders = settings.relations_scattered_customer_orders
            if not 1 <= days <= LONGEST_DAYS or orders < 1:
                raise ValidationError(
                    self.env._("Days and orders of a class of customers: 1 or more.")
                )
            if not 1 <= settings.relations_main_customer_share <= 100:
                raise ValidationError(
                    self.env._("The share of the main customers: 1 to 100 %.")
                )

    def _get_nightly_jobs(self):
        """Return the scheduled actions of the night, in their order."""
        return self.env["ir.cron"].union(
            *(self.env.ref(f"crm_relations.ir_cron_{name}") for name in NIGHTLY_JOBS)
        )

    def action_view_nightly_jobs(self):
        """Open the jobs: when they run, how it went, and a button to run one."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Nightly Jobs"),
            "res_model": "ir.cron",
            "view_mode": "list,form",
            "domain": [("id", "in", self._get_nightly_jobs().ids)],
            "context": {"active_test": False},
        }

    def action_run_nightly_jobs(self):
        """Do now what the night does: figures and tiers, release, care.

        The jobs start in the background within a minute.
        """
        if not self.env.user.has_group("crm_relations.group_administrator"):
            raise AccessError(self.env._("Only administrators run the nightly jobs."))
        # Superuser: our administrator need not be one of the whole system.
        for job in self.sudo()._get_nightly_jobs():
            job._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "The nightly jobs start within a minute, in the background."
                ),
                "type": "success",
            },
        }

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    relations_calendar_id = fields.Many2one(
        related="company_id.resource_calendar_id",
        string="Working Hours of the Company",
        readonly=False,
    )
    relations_tz = fields.Selection(
        related="company_id.resource_calendar_id.tz",
        string="Time Zone of the Company",
        readonly=False,
    )

    def action_run_nightly_jobs(self):
        """Do now what the night does: figures and tiers, release, care.

        The jobs start in the background within a minute.
        """
        for name in ("segments", "pool_release", "care", "archive_completeness"):
            self.env.ref(f"crm_relations.ir_cron_{name}").sudo()._trigger()
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

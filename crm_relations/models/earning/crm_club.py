from odoo import fields, models


class CrmClub(models.Model):
    _inherit = "crm.club"

    earning_rule_ids = fields.One2many(
        comodel_name="crm.earning.rule",
        inverse_name="club_id",
        string="Earning Rules",
        copy=True,
    )

    def unlink(self):
        self.check_access("unlink")  # before its rules are touched
        # Superuser: all rules go with their club, archived ones as well. They go first,
        # as they name its levels.
        clubs = self.sudo().with_context(active_test=False)
        clubs.earning_rule_ids.unlink()
        return super().unlink()

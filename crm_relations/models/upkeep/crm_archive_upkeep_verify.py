from odoo import fields, models


class CrmArchiveUpkeep(models.Model):
    """Archives are verified: by their custodian, by who keeps all archives, and by who
    changes this one."""

    _inherit = "crm.archive.upkeep"

    def action_verify(self):
        """Verify these archives today."""
        return self.partner_id.action_verify_archive()

    def _verify(self):
        """Write down that the caller has verified these archives today."""
        now = fields.Datetime.now()
        # Superuser: nobody types it; the right has been checked.
        for upkeep in self.sudo():
            company = upkeep.partner_id._get_relation_company()
            upkeep.write(
                {
                    "verified_on": company._get_relations_day(now),
                    "verified_at": now,
                    "verified_by_id": self.env.uid,
                }
            )
        self.sudo().activity_id.unlink()
        self._refresh(self.sudo().partner_id.ids)

from odoo import models


class CrmPersonProfile(models.Model):
    """Who reads a profile is logged; what is discussed on it is part of it."""

    _name = "crm.person.profile"
    _inherit = ["crm.person.profile", "crm.confidential.mixin"]

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Who only reads does not follow: messages would come after the loan."""
        self.check_access("write")
        return super().message_subscribe(partner_ids, subtype_ids)

    def _get_thread_with_access(self, thread_id, *args, **options):
        thread = super()._get_thread_with_access(thread_id, *args, **options)
        if thread:
            self.env["crm.confidential.access"]._note(thread.sudo(False))
        return thread

from odoo import models


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _sentence_owner_create(self, facts):
        return self.env._("Assigned when the customer was created.")

    def _sentence_owner_edit(self, facts):
        if not facts.get("user"):
            return self.env._("The salesperson was removed by hand.")
        return self.env._("The salesperson was changed by hand.")

    def _sentence_owner_managed(self, facts):
        return self.env._("Taken into care with its salesperson.")

    def _sentence_owner_merge(self, facts):
        return self.env._("Came with a customer that was merged into this one.")

    def _sentence_owner_undo(self, facts):
        return self.env._("A release was undone.")

    def _sentence_owner_transfer(self, facts):
        return self.env._("Handed over: %(note)s", note=facts.get("note") or "")

    def _sentence_owner_transfer_undo(self, facts):
        return self.env._("A hand-over was undone.")

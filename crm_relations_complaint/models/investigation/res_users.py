from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _before_leaving(self):
        """Actions of who leaves are done by who answers for the complaint, else by who
        leads the leaver; what he was to check any officer checks."""
        # Superuser: who may archive a user passes on all of its actions.
        actions = self.env["crm.complaint.action"].sudo()
        actions.search(
            [("state", "in", ["open", "done"]), ("checker_id", "in", self.ids)]
        ).checker_id = False
        opened = actions.search([("state", "=", "open"), ("user_id", "in", self.ids)])
        for heir, left in opened.grouped(self._get_heir_of_action).items():
            if heir:
                left.filtered_domain([("checker_id", "=", heir.id)]).checker_id = False
                left.user_id = heir
        return super()._before_leaving()

    def _get_heir_of_action(self, action):
        complaint = action.complaint_id
        heirs = complaint.user_id | complaint.first_asked_id
        heirs |= action.user_id._get_leader()
        return (heirs - self).filtered("active")[:1]

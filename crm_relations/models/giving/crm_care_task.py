from odoo import models


class CrmCareTask(models.Model):
    """Care by a gift comes with a proposal from the catalogue: a draft that whoever is
    in charge gives, or changes."""

    _inherit = "crm.care.task"

    def _dispatch_gift(self, outcomes):
        found = super()._dispatch_gift(outcomes)
        # Superuser: the machine proposes; limits are judged when it is given.
        going = self.sudo().filtered(lambda task: found[task.id]["state"] == "open")
        self.env["crm.gift"].sudo()._propose(going)
        return found

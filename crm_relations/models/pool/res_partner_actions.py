from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class ResPartner(models.Model):
    """The buttons of lists and forms that open the wizards of the pool."""

    _inherit = "res.partner"

    def action_pool_claim(self):
        """Take the chosen ones, as many as limits and others leave."""
        answers = self.pool_claim()
        return self.env["crm.answer.summary"]._open(answers, self.env._("Claim"))

    def action_pool_release(self):
        return self._open_pool_wizard("crm.pool.release.wizard", self.env._("Release"))

    def action_pool_move(self):
        return self._open_pool_wizard(
            "crm.pool.move.wizard", self.env._("Move to Pool")
        )

    def action_pool_assign(self):
        return self._open_pool_wizard(
            "crm.pool.distribute.wizard", self.env._("Assign"), method="one"
        )

    def action_pool_distribute(self):
        return self._open_pool_wizard(
            "crm.pool.distribute.wizard", self.env._("Distribute")
        )

    def _open_pool_wizard(self, model, title, **values):
        customers = self.exists()
        if not customers:
            raise UserError(self.env._("Choose customers first."))
        # A list of ten thousand does not go through the browser.
        wizard = self.env[model].create(
            {"partner_ids": [Command.set(customers.ids)], **values}
        )
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

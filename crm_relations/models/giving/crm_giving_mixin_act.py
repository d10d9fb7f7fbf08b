from odoo import models


class CrmGivingMixin(models.AbstractModel):
    """Buttons: what goes well is said in a word, what does not in a sentence."""

    _inherit = "crm.giving.mixin"

    def action_ask(self):
        return self._show_answers(self.ask())

    def action_take_back(self):
        return self._show_answers(self.take_back())

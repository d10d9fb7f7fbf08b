from odoo import models


class CrmComplaintRemedy(models.Model):
    """Buttons: what goes well is said in a word, what does not in a sentence."""

    _inherit = "crm.complaint.remedy"

    def action_ask(self):
        return self._show_answers(self.ask())

    def action_take_back(self):
        return self._show_answers(self.take_back())

    def action_book(self):
        return self._show_answers(self.book())

    def action_reverse(self):
        """Ask why, and reverse."""
        wizard = self.env["crm.refusal.wizard"]._open_for(self)
        return wizard | {"name": self.env._("Reverse")}

    def _refuse_where_seen(self, reason):
        booked = self.filtered(lambda remedy: remedy.state == "booked")
        if booked:
            return self._show_answers(booked.reverse(reason))
        return super()._refuse_where_seen(reason)

    def action_open_document(self):
        """Open what booking has made."""
        self.ensure_one()
        made = self.reversal_id or self.move_id or self.card_id
        return {
            "type": "ir.actions.act_window",
            "res_model": made._name,
            "res_id": made.id,
            "views": [(False, "form")],
        }

from odoo import api, models

TEXTS = frozenset(("body", "preview", "tracking_value_ids", "subject"))


class MailMessage(models.Model):
    """What is discussed on a confidential record, and what changed, is part of it."""

    _inherit = "mail.message"

    @api.private
    def fetch(self, field_names=None):
        is_text = not self.env.su and not TEXTS.isdisjoint(field_names or ())
        if not is_text:
            return super().fetch(field_names)
        # In the same statement: whose messages they are.
        result = super().fetch([*field_names, "model", "res_id"])
        self._note_texts()
        return result

    def _note_texts(self):
        # Superuser: fetched just now.
        for model, some in self._origin.sudo().grouped("model").items():
            if model in self.env and self.env[model]._is_logged():
                records = self.env[model].browse(set(some.mapped("res_id")) - {0})
                self.env["crm.confidential.access"]._note(records)

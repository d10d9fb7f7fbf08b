from odoo import models
from odoo.exceptions import UserError


class SmsComposer(models.TransientModel):
    """No message to a number that a pool hides: it would stand in the composer."""

    _inherit = "sms.composer"

    def _compute_recipient_single_stored(self):
        result = super()._compute_recipient_single_stored()
        for composer in self.filtered(lambda composer: composer._is_number_masked()):
            composer.recipient_single_number_itf = ""
        return result

    def _compute_recipient_single_non_stored(self):
        result = super()._compute_recipient_single_non_stored()
        for composer in self.filtered(lambda composer: composer._is_number_masked()):
            composer.recipient_single_number = ""
        return result

    def _action_send_sms(self):
        if any(composer._is_number_masked() for composer in self):
            raise UserError(
                self.env._(
                    "Some of these customers are in the public pool: claim them before "
                    "you write to them."
                )
            )
        return super()._action_send_sms()

    def _is_number_masked(self):
        """Return whether a number of these recipients is hidden from the user."""
        if not self.env["crm.pool"]._get_masking():
            return False
        records = self._get_records()
        masked = getattr(records, "_get_masked", dict)() if records else {}
        return any("phone" in hidden for hidden in masked.values())

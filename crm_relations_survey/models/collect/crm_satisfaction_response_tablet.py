from base64 import b64decode
from binascii import Error

from odoo import fields, models
from odoo.exceptions import UserError

MOST_BYTES = 512 * 1024
LONGEST_NAME = 100
PNG = b"\x89PNG"


class CrmSatisfactionResponse(models.Model):
    """Face to face: the customer fills the survey on our tablet, signs, and hands it
    back; nothing can be read there afterwards."""

    _inherit = "crm.satisfaction.response"

    signature = fields.Binary(
        readonly=True,
        attachment=True,
        copy=False,
        help="By which the customer confirms that the answers are his own.",
    )
    signed_by = fields.Char(readonly=True, copy=False)
    signed_at = fields.Datetime(string="Signed On", readonly=True, copy=False)
    handed_back_at = fields.Datetime(
        string="Tablet Handed Back",
        readonly=True,
        copy=False,
        help="From then on the answers cannot be read on the tablet.",
    )

    def action_hand_over_tablet(self):
        """Open the survey for the customer; the caller is logged out in this
        browser."""
        self._check_may_hand_over()
        # Superuser: the key of the survey.
        key = self.sudo().user_input_id.access_token
        if not key:
            raise UserError(self.env._("Its survey has been deleted."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/satisfaction/tablet/{key}",
            "target": "self",
        }

    def _awaits_signature(self):
        """Return whether the customer still has the tablet."""
        self.ensure_one()
        return self.channel == "face" and not self.handed_back_at

    def _sign(self, name, signature):
        """Keep who has signed, and how, as superuser.

        :param signature: PNG as base64
        :raise UserError: it is no picture, too large, or signed already
        """
        self.ensure_one()
        if self.state != "answered" or not self._awaits_signature():
            raise UserError(self.env._("There is nothing to be signed any more."))
        try:
            content = b64decode(signature or "", validate=True)
        except (Error, ValueError, TypeError):
            content = b""
        if not content.startswith(PNG) or len(content) > MOST_BYTES:
            raise UserError(self.env._("Please sign in the field."))
        name = name if isinstance(name, str) else ""
        now = fields.Datetime.now()
        self.write(
            {
                "signature": signature,
                "signed_by": name.replace("\0", "").strip()[:LONGEST_NAME],
                "signed_at": now,
                "handed_back_at": now,
            }
        )

    def _hand_back(self):
        """The customer does not sign; the tablet comes back."""
        if self.state == "answered" and self._awaits_signature():
            self.handed_back_at = fields.Datetime.now()

    def _is_shut(self):
        """Return whether whoever has the key sees nothing any more."""
        if self.state in ("expired", "cancelled"):
            return True
        return self.channel == "face" and bool(self.handed_back_at)

import secrets
import time
from binascii import Error

from odoo import api, models
from odoo.tools.misc import hash_sign, verify_hash_signed

HOURS = 24
NONCE_BYTES = 16


class CrmPublicForm(models.AbstractModel):
    """The stamp on a form that somebody without an account fills: when it was handed
    out, and what tells it from all others, so that one that is sent twice counts
    once."""

    _name = "crm.public.form"
    _description = "Form from outside"

    @api.model
    def _sign(self, scope):
        """Return a stamp for a form of this scope."""
        # Superuser: the secret of the database signs it.
        values = [scope, time.time(), secrets.token_urlsafe(NONCE_BYTES)]
        return hash_sign(
            self.env(su=True), "public_form", values, expiration_hours=HOURS
        )

    @api.model
    def _read(self, scope, stamp):
        """Return ``{"age", "nonce"}`` of a stamp of ours for this scope, None if it is
        none or too old; the age in seconds."""
        if not isinstance(stamp, str) or not stamp.isascii():
            return None
        try:
            # Superuser: see above.
            values = verify_hash_signed(self.env(su=True), "public_form", stamp)
        except (ValueError, Error, IndexError):
            return None
        if not values or values[0] != scope:
            return None
        return {"age": time.time() - values[1], "nonce": values[2]}

import secrets
import time
from binascii import Error
from datetime import UTC, datetime

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
        """Return ``{"age", "nonce", "moment"}`` of a stamp of ours for this scope,
        None if it is none or too old; the age in seconds."""
        if not isinstance(stamp, str) or not stamp.isascii():
            return None
        try:
            # Superuser: see above.
            values = verify_hash_signed(self.env(su=True), "public_form", stamp)
        except (ValueError, Error, IndexError):
            return None
        if not values or values[0] != scope:
            return None
        _scope, moment, nonce = values
        return {
            "age": time.time() - moment,
            "nonce": nonce,
            "moment": datetime.fromtimestamp(moment, UTC).replace(tzinfo=None),
        }

    @api.model
    def _comes_first(self, scope, stamp):
        """Count that a form of this scope is sent; return whether for the first time.

        Of two clicks at once the second waits for the first, and is the second.

        :param stamp: what ``_read`` has returned
        """
        # Superuser: nobody has a right on the counters.
        tries = self.env["crm.public.try"].sudo()
        times, _total = tries._count(f"sent:{scope}", stamp["nonce"], stamp["moment"])
        return times == 1

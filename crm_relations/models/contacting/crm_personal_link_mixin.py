from odoo import api, models
from odoo.tools import consteq
from odoo.tools.misc import hmac


class CrmPersonalLinkMixin(models.AbstractModel):
    """Something that one person is asked, behind a link that is the right to it: to
    this record and to nothing else. Nothing is kept for it."""

    _name = "crm.personal.link.mixin"
    _description = "Asked by a link of its own"
    _link_path = ""

    def _get_token(self):
        """Return what the link to this record carries: nobody guesses it."""
        self.ensure_one()
        # Superuser: the secret of the database signs it.
        return hmac(self.env(su=True), self._name, self.id)

    def _get_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/{self._link_path}/{self.id}/{self._get_token()}"

    @api.model
    def _find_by_token(self, number, token):
        """Return the record whose link this is, as superuser, or nothing."""
        # Superuser: the token is the right to it.
        found = self.sudo().browse(number).exists()
        if found and token.isascii() and consteq(found._get_token(), token):
            return found
        return self.browse()

from odoo import models
from odoo.exceptions import UserError

LOWEST, HIGHEST = 1, 5


class CrmComplaint(models.Model):
    """How the complaint was handled is asked apart from how the product pleases
    (ISO 10002, 8.3)."""

    _inherit = "crm.complaint"

    def _get_rating_url(self):
        """Return where the customer rates the handling, for the mail."""
        self.ensure_one()
        # Superuser: whoever solves it may not read ratings.
        token = self.sudo()._rating_get_access_token()
        return f"{self.get_base_url()}/complaint/rate/{token}"

    def _rate_handling(self, value, feedback="", token=None):
        """Keep the rating of the customer, 1 to 5; called as superuser by a controller
        that knows whose complaint it is.

        :param token: of the rating asked for; without one a new one is made
        :raise UserError: the value is no such number
        """
        self.ensure_one()
        if value not in range(LOWEST, HIGHEST + 1):
            raise UserError(self.env._("Choose one to five stars."))
        token = token or self._rating_get_access_token()
        rating = self.env["rating.rating"].search([("access_token", "=", token)])
        # A note: the customer's words are for colleagues.
        return self.rating_apply(
            value,
            rating=rating,
            feedback=(feedback or "")[:2000],
            subtype_xmlid="mail.mt_note",
        )

from odoo import api, models
from odoo.exceptions import UserError

LOWEST, HIGHEST = 1, 5


class CrmComplaint(models.Model):
    """How the complaint was handled is asked apart from how the product pleases
    (ISO 10002, 8.3)."""

    _inherit = "crm.complaint"

    def _get_rating_url(self):
        """Return where the customer rates the handling, for the mail."""
        return f"{self.get_base_url()}{self._get_rating_path()}"

    def _get_rating_path(self):
        self.ensure_one()
        # Superuser: whoever solves it may not read ratings.
        token = self.sudo()._rating_get_access_token()
        return f"/complaint/rate/{token}"

    @api.model
    def _find_rating(self, token):
        """Return the rating that was asked for by this secret, as superuser; none if
        there is none of a complaint."""
        ratings = self.env["rating.rating"].sudo()  # the secret is the right
        if not token.isascii() or "\0" in token:
            return ratings
        domain = [("access_token", "=", token), ("res_model", "=", self._name)]
        return ratings.search(domain, limit=1)

    def _may_be_rated(self):
        """Return whether there is a handling to be rated: it is not being worked on,
        as after it was reopened."""
        self.ensure_one()
        return self.state not in ("new", "handling")

    def _may_rate(self):
        """Return whether the customer's page asks how this was handled: it is solved,
        and not rated since."""
        self.ensure_one()
        return self.state in ("solved", "closed") and self.rated_round < self.round

    def _get_told_stars(self):
        """Return the stars that the customer gave to this round, 0: none."""
        self.ensure_one()
        if self.rated_round < self.round:
            return 0
        given = self.rating_ids.filtered("consumed").sorted("id")
        return round(given[-1:].rating)

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
        rating = self._find_rating(token)
        self.rated_round = self.round
        # A note: the customer's words are for colleagues.
        return self.rating_apply(
            value,
            rating=rating,
            feedback=(feedback or "").replace("\0", "")[:2000],
            subtype_xmlid="mail.mt_note",
        )

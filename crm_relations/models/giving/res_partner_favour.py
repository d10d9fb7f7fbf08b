from odoo import api, fields, models


class ResPartner(models.Model):
    """The balance of favours with a customer, or with one of its persons."""

    _inherit = "res.partner"

    favour_balance = fields.Integer(
        string="Balance of Favours",
        compute="_compute_favour_balance",
        help="What we did for them less what they did for us, as far as you may see "
        "it. Of a contact: with this person.",
    )
    favour_warning = fields.Char(compute="_compute_favour_balance")

    @api.depends_context("uid", "lang")
    def _compute_favour_balance(self):
        balances = self._get_favour_balances()
        for partner in self:
            partner.favour_balance = balances.get(partner, 0)
            limit = partner._get_relation_company().favour_overdrawn_at
            overdrawn = limit and partner.favour_balance <= -limit
            partner.favour_warning = (
                self.env._(
                    "They have done much more for us than we for them: the balance of "
                    "favours is %s.",
                    partner.favour_balance,
                )
                if overdrawn
                else False
            )

    def _get_favour_balances(self):
        """Return ``{customer or person: balance}``; two statements at most."""
        favours = self.env["crm.favour"]
        if not favours.has_access("read"):
            return {}
        customers = self.filtered(lambda one: one.commercial_partner_id == one)
        found = {}
        for name, some in (
            ("partner_id", customers),
            ("person_id", self - customers),
        ):
            if some:
                found |= dict(
                    favours._read_group(
                        [(name, "in", some._origin.ids)], [name], ["points:sum"]
                    )
                )
        return {partner: found.get(partner._origin, 0) for partner in self}

    def action_view_favours(self):
        """Open the favours with this customer."""
        return self._open_given("crm.favour")

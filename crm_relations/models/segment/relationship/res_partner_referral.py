from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ....tools.tally import Tally


class ResPartner(models.Model):
    """Who brought whom."""

    _inherit = "res.partner"

    referred_by_id = fields.Many2one(
        comodel_name="res.partner",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('is_managed_customer', '=', True), ('id', '!=', id)]",
        help="The customer who recommended us to this one. It speaks for the "
        "relationship with that customer.",
    )
    referral_ids = fields.One2many(
        comodel_name="res.partner",
        inverse_name="referred_by_id",
        string="Customers Referred",
    )
    referral_count = fields.Integer(string="Referrals", compute="_compute_tallies")

    def _get_tallies(self):
        managed = Domain("is_managed_customer", "=", True)
        return super()._get_tallies() | {
            "referral_count": Tally(
                "res.partner", "referred_by_id", managed, "referral_ids"
            ),
        }

    @api.constrains("referred_by_id")
    def _check_referred_by_id(self):
        # Superuser: also who may not see the field must be told.
        for partner in self.sudo().filtered("referred_by_id"):
            referrer = partner.referred_by_id
            if referrer.commercial_partner_id != referrer:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(customer)s: name the customer "
                        "who referred this one.",
                        contact=referrer.display_name,
                        customer=referrer.commercial_partner_id.display_name,
                    )
                )
        if self.sudo()._has_cycle("referred_by_id"):
            raise ValidationError(
                self.env._("No customer refers itself, not even by way of others.")
            )

    def action_view_referrals(self):
        """Open the customers whom this one has referred; of a person: its customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_action"
        )
        # Superuser: whose contact somebody is, is no secret to who sees the person.
        referrer = self.sudo().commercial_partner_id.id
        domain = [("is_managed_customer", "=", True), ("referred_by_id", "=", referrer)]
        return {**action, "domain": domain, "context": {}}

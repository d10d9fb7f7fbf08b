from odoo import models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    """Points pay for their member: an order whose customer was changed, or whose member
    was suspended meanwhile, is paid with no points of that card."""

    _inherit = "sale.order"

    def action_confirm(self):
        for order in self:
            order._check_wallets()
        return super().action_confirm()

    def _check_wallets(self):
        """Refuse rewards that a card pays which is not of this customer.

        :raise ValidationError: names the member
        """
        strange = self._get_strange_wallets() & self.order_line.coupon_id
        if strange:
            raise ValidationError(
                self.env._(
                    "%(order)s would be paid with points of %(member)s, which do not "
                    "pay for %(customer)s now. Update the rewards of the order, then "
                    "confirm it.",
                    order=self.name,
                    # Superuser: the names of members.
                    member=strange[0].sudo().partner_id.name or strange[0].sudo().code,
                    customer=self.partner_id.name,
                )
            )

    def _get_strange_wallets(self):
        """Return the cards of clubs on this that neither earn nor pay here."""
        self.ensure_one()
        # Superuser: whose card it is, whoever sells.
        cards = self._get_club_cards().sudo()
        strange = cards.filtered(
            lambda card: not card.active or card.partner_id != self.partner_id
        )
        return strange.sudo(self.env.su)

    def _update_programs_and_rewards(self):
        """Before programs are counted, other wallets leave a quotation; Odoo removes
        their rewards then."""
        if self.state != "sale":
            strange = self._get_strange_wallets()
            if strange:
                self.applied_coupon_ids -= strange
                entries = self.coupon_point_ids
                # Superuser: as Odoo itself removes them.
                entries.filtered(lambda one: one.coupon_id in strange).sudo().unlink()
        return super()._update_programs_and_rewards()

    def _write_vals_from_reward_vals(self, reward_vals, old_lines, delete=True):
        """Superuser: a program counts its rewards, on an order that the caller may
        change; what a client types of them is no work of a program."""
        self.check_access("write")
        order = self.sudo()
        left = super(SaleOrder, order)._write_vals_from_reward_vals(
            reward_vals, old_lines.sudo(), delete
        )
        return left.sudo(self.env.su)

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.arguments import Day, Id, Text


class CrmClubMembership(models.Model):
    """A level set by hand: by whom, why, until when. Until then the member is never
    below it; the night after, the rules of the club take over."""

    _inherit = "crm.club.membership"

    kept_level_id = fields.Many2one(
        comodel_name="crm.club.level",
        string="Never Below",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The highest level kept for good that was reached.",
    )

    offers_pricelist = fields.Boolean(compute="_compute_offers_pricelist")

    @api.depends("level_id", "state", "customer_id")
    @api.depends_context("uid", "company")
    def _compute_offers_pricelist(self):
        for membership in self:
            # Superuser: which pricelist belongs to a level is no secret.
            pricelist = membership.sudo().level_id.pricelist_id
            customer = membership.customer_id
            membership.offers_pricelist = (
                bool(pricelist)
                and membership.state == "active"
                and membership.can_manage
                and customer.has_access("write")
                and customer.sudo().property_product_pricelist != pricelist
            )

    def action_give_pricelist(self):
        """Give the customers the pricelist of the level; by hand, as others may have
        been agreed with them."""
        self._check_may_manage()
        for membership in self:
            # Superuser: as above; the customer is written by the caller.
            pricelist = membership.sudo().level_id.pricelist_id
            if membership.state == "active" and pricelist:
                membership.customer_id.property_product_pricelist = pricelist.id

    def set_level(self, level_id: Id, until: Day, reason: Text):
        """Let these members have at least a level of their club until a day.

        :param level_id: id of the level
        :param until: last day on which it holds (date or ISO text)
        :param reason: why, kept in the history
        :raise AccessError: the caller leads no team, or not the one of the customer
        :raise UserError: the day has passed, the reason is missing, or the level is
            of another club
        """
        if not self.env.user.has_group("crm_relations.group_sales_manager"):
            raise AccessError(self.env._("Only sales managers set a level by hand."))
        # Superuser: the clock of a club is no secret.
        if not until or any(until < club._get_today() for club in self.sudo().club_id):
            raise ValidationError(self.env._("Until when? Choose a day to come."))
        if not reason.strip():
            raise ValidationError(self.env._("Give the reason."))
        taken = self._take("active")
        level = taken.club_id.level_ids.filtered(lambda one: one.id == level_id)
        if len(taken.club_id) != 1 or not level:
            raise ValidationError(self.env._("Choose a level of the members' club."))
        taken.write(
            {
                "manual_level_id": level.id,
                "manual_until": until,
                "manual_reason": reason.strip(),
                "manual_by_id": self.env.uid,
            }
        )
        taken._note(
            "hand",
            self.env.uid,
            level=level.id,
            until=str(until),
            note=reason.strip(),
        )
        taken.club_id._decide_levels_of(taken)

    def action_set_level(self):
        """Open the dialog that asks which level, until when, and why."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set the Level by Hand"),
            "res_model": "crm.club.level.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_membership_ids": self.ids},
        }

    def _get_next_level(self):
        """Return the level above that of this member, and what is missing to it."""
        self.ensure_one()
        levels = self.club_id.level_ids.sorted("threshold")
        above = levels.filtered(
            lambda level: not self.level_id or level.threshold > self.level_id.threshold
        )[:1]
        return above, max(0, above.threshold - self.qualifying)

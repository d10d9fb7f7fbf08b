from odoo import fields, models
from odoo.exceptions import AccessError, ValidationError


class ResPartner(models.Model):
    """A tier set by hand: by whom, why, until when. The nightly run respects it; when
    it has expired the run takes over, says so and clears it."""

    _inherit = "res.partner"

    tier_override_id = fields.Many2one(
        comodel_name="crm.tier",
        string="Tier Set by Hand",
        copy=False,
        ondelete="restrict",
    )
    tier_override_until = fields.Date(
        string="Set Until", copy=False, help="The last day on which it holds."
    )
    tier_override_reason = fields.Char(string="Reason for the Tier", copy=False)
    tier_override_by = fields.Many2one(
        comodel_name="res.users", string="Tier Set By", readonly=True, copy=False
    )

    def _get_decided_fields(self):
        return super()._get_decided_fields() | {
            *["tier_override_id", "tier_override_until"],
            *["tier_override_reason", "tier_override_by"],
        }

    def set_tier(self, tier_id, until, reason):
        """Set the tier of these customers by hand, at once and until a day.

        :param tier_id: id of the tier
        :param until: last day on which it holds (date or ISO text)
        :param reason: why, kept in the ledger
        :raise AccessError: the caller is no sales manager
        :raise ValidationError: the day has passed, or the reason is missing
        :return: number of customers changed now
        """
        if not self.env.user.has_group("crm_relations.group_sales_manager"):
            raise AccessError(self.env._("Only sales managers set a tier by hand."))
        self.check_access("write")
        until = fields.Date.to_date(until)
        if not until or until < fields.Date.context_today(self):
            raise ValidationError(self.env._("Until when? Choose a day to come."))
        if not (reason or "").strip():
            raise ValidationError(self.env._("Give the reason."))
        tier = self.env["crm.tier"].browse(tier_id).exists()
        if not tier:
            raise ValidationError(self.env._("This tier does not exist any more."))
        # Superuser: nobody types decided fields; this method decides who may.
        customers = self.sudo().filtered("is_managed_customer")
        customers.write(
            {
                "tier_override_id": tier.id,
                "tier_override_until": until,
                "tier_override_reason": reason.strip(),
                "tier_override_by": self.env.uid,
                "tier_below_since": False,
            }
        )
        return customers._apply_tier_override(tier)

    def _apply_tier_override(self, tier):
        changed = self.filtered(lambda partner: partner.tier_id != tier)
        self.env["crm.tier.change"].create(
            [partner._prepare_override_line(tier) for partner in changed]
        )
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        changed.write({"tier_id": tier.id, "tier_since": today})
        changed._segment_changed()
        return len(changed)

    def _prepare_override_line(self, tier):
        self.ensure_one()
        return {
            "partner_id": self.id,
            "company_id": (self.company_id or self.relation_company_id).id,
            "old_tier_id": self.tier_id.id,
            "new_tier_id": tier.id,
            "facts": {
                "code": "tier_override",
                "tier": tier.id,
                "until": fields.Date.to_string(self.tier_override_until),
                "user": self.tier_override_by.id,
                "note": self.tier_override_reason,
            },
        }

    def action_set_tier(self):
        """Open the wizard that sets a tier by hand."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set the tier by hand"),
            "res_model": "crm.tier.override.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }

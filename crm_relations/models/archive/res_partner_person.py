from odoo import api, fields, models


class ResPartner(models.Model):
    """The persons of a customer and their profiles."""

    _inherit = "res.partner"

    profile_ids = fields.One2many(
        comodel_name="crm.person.profile",
        inverse_name="partner_id",
    )
    person_profile_ids = fields.One2many(
        comodel_name="crm.person.profile",
        inverse_name="customer_id",
    )
    person_count = fields.Integer(compute="_compute_person_count")

    @api.depends("child_ids")
    def _compute_person_count(self):
        counts = dict(
            self._read_group(
                [("parent_id", "in", self.ids), ("is_company", "=", False)],
                ["parent_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.person_count = counts.get(partner, 0)

    def action_open_profile(self):
        """Open the profile of this person, or a new one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Profile of %(name)s", name=self.name),
            "res_model": "crm.person.profile",
            "res_id": self.profile_ids[:1].id,
            "view_mode": "form",
            "context": {"default_partner_id": self.id},
        }

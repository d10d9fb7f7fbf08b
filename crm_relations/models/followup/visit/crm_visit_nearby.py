from odoo import api, fields, models

from ....tools.arguments import Given

RADIUS_M = 20_000


class CrmVisitNearby(models.TransientModel):
    """The customers around the device of the user who asked, one line each."""

    _name = "crm.visit.nearby"
    _description = "Customer nearby"
    _order = "distance_m, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    distance_m = fields.Float(string="Metres", digits=(16, 0), readonly=True)
    distance = fields.Char(compute="_compute_distance")
    user_id = fields.Many2one(related="partner_id.user_id")
    city = fields.Char(related="partner_id.city")
    street = fields.Char(related="partner_id.street")
    phone = fields.Char(related="partner_id.phone")
    last_followup_at = fields.Datetime(related="partner_id.last_followup_at")

    @api.depends("distance_m")
    @api.depends_context("lang")
    def _compute_distance(self):
        for line in self:
            metres = line.distance_m
            line.distance = (
                self.env._("%(metres)s m", metres=round(metres))
                if metres < 1000
                else self.env._("%(kilometres)s km", kilometres=f"{metres / 1000:.1f}")
            )

    @api.model
    def open_here(self, position: Given):
        """Return the action that lists the customers around ``position``.

        :param position: ``{"latitude", "longitude", "accuracy_m"}`` in WGS-84
        """
        position = self.env["crm.followup"]._pick_position(position)
        found = self.env["res.partner"].nearby(
            position.get("latitude"), position.get("longitude"), RADIUS_M
        )
        # Superuser: the lines are the machine's; a rule shows each user the own ones.
        lines = self.sudo()
        lines.search([("create_uid", "=", self.env.uid)]).unlink()
        lines.create(
            [
                {"partner_id": row["id"], "distance_m": row["distance_m"]}
                for row in found
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_visit_nearby_action"
        )

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def action_check_in(self):
        self.ensure_one()
        return self.partner_id.action_check_in()

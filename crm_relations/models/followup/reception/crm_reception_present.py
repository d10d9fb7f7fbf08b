from odoo import api, fields, models
from odoo.tools import format_time


class CrmReception(models.Model):
    """Who is here already is not received a second time."""

    _inherit = "crm.reception"

    present_id = fields.Many2one(
        comodel_name="crm.reception",
        string="Is Here Already",
        compute="_compute_present_id",
    )
    present_text = fields.Char(compute="_compute_present_id")

    @api.depends("partner_id", "left_at")
    @api.depends_context("lang", "tz")
    def _compute_present_id(self):
        present = {}
        for reception in self._find_present():
            present.setdefault(reception.partner_id, []).append(reception)
        for reception in self:
            others = present.get(reception.partner_id._origin, [])
            found = [one for one in others if one != reception._origin][:1]
            # Who has come back is welcome again.
            is_new = not reception.left_at and not reception.received_at
            reception.present_id = found[0] if found and is_new else False
            reception.present_text = reception.present_id._tell_present()

    def _find_present(self):
        """Return who of these visitors came today and has not left yet."""
        today = self.env.user._get_relations_today()
        return self.search(
            [
                ("partner_id", "in", self.partner_id._origin.ids),
                ("left_at", "=", False),
                (
                    "arrived_at",
                    ">=",
                    self.env.user._get_relations_day_start(today),
                ),
            ],
            order="arrived_at, id",
        )

    def _tell_present(self):
        if not self:
            return False
        words = {
            "visitor": self.name,
            "time": format_time(self.env, self.arrived_at, time_format="short"),
            "consultant": self.consultant_id.name,
        }
        if self.state == "served":
            return self.env._(
                "%(visitor)s is here already, since %(time)s, with %(consultant)s.",
                **words,
            )
        return self.env._(
            "%(visitor)s is here already and has waited since %(time)s.", **words
        )

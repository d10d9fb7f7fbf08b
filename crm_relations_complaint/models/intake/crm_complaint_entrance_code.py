import base64

from odoo import api, fields, models

from ...tools.qr_code import draw


class CrmComplaintEntrance(models.Model):
    """The link of an entrance as a code that phones read, for screen and wall."""

    _inherit = "crm.complaint.entrance"

    qr_image = fields.Binary(
        string="Code to Print",
        compute="_compute_qr_image",
        help="Whoever scans it comes to the page. The sheet to hang up has it, too.",
    )

    @api.depends("token")
    def _compute_qr_image(self):
        for entrance in self:
            entrance.qr_image = base64.b64encode(draw(entrance.url))

    def _get_short_url(self):
        """Return the address as people type it."""
        self.ensure_one()
        return self.url.partition("://")[2]

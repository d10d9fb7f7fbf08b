from odoo import fields, models

from .res_users import DIGEST_WAYS


class ResCompany(models.Model):
    _inherit = "res.company"

    relations_digest_way = fields.Selection(
        selection=DIGEST_WAYS,
        string="Daily Digest",
        default="none",
        help="How people of this company get the daily digest who have not chosen "
        "themselves in their preferences.",
    )

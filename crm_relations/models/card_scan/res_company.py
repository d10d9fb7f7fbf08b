from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    keeps_card_pictures = fields.Boolean(
        string="Keep Pictures of Business Cards",
        help="The picture of a scanned business card stays with the contact. Otherwise "
        "it is deleted once the contact is made.",
    )

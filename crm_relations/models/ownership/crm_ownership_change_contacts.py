from odoo import fields, models


class CrmOwnershipChange(models.Model):
    _inherit = "crm.ownership.change"

    # Contacts that the former owner does not follow any more; an undo follows them.
    contact_ids_unfollowed = fields.Json(readonly=True, export_string_translation=False)

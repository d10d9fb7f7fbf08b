from odoo import models


class IrBinary(models.AbstractModel):
    """Who downloads the file of a confidential record is logged."""

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        # First what asks for the rights: what is in memory afterwards asks nobody.
        stream = super()._record_to_stream(record, field_name)
        if record._name == "ir.attachment":
            record.with_env(self.env)._note_downloads()
        return stream

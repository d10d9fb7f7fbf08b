from odoo import models


class IrBinary(models.AbstractModel):
    """A file of a confidential record is opened by a right on the record, never by a
    token that outlives a loan; who downloads one is logged."""

    _inherit = "ir.binary"

    def _find_record(
        self,
        xmlid=None,
        res_model="ir.attachment",
        res_id=None,
        access_token=None,
        field=None,
    ):
        record = super()._find_record(xmlid, res_model, res_id, access_token, field)
        if record._name == "ir.attachment" and record._filter_confidential():
            record = record.with_env(self.env)
            record.check_access("read")
        return record

    def _record_to_stream(self, record, field_name):
        # First what asks for the rights: what is in memory afterwards asks nobody.
        stream = super()._record_to_stream(record, field_name)
        if record._name == "ir.attachment":
            record.with_env(self.env)._note_downloads()
        return stream

from odoo import models


class IrBinary(models.AbstractModel):
    """Odoo gives who reads a file a token that opens it for weeks, for anybody: a right
    that has ended would go on with it."""

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
        if record._name == "ir.attachment" and record._filter_closed_to_tokens():
            record = record.with_env(self.env)
            record.check_access("read")
        return record

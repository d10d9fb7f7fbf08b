from odoo import api, fields, models


class CrmComplaint(models.Model):
    """Where a complaint came from, so that the same one is not registered twice."""

    _inherit = "crm.complaint"

    entrance_id = fields.Many2one(
        comodel_name="crm.complaint.entrance",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="The page or the address by which it came in.",
    )
    follows_id = fields.Many2one(
        comodel_name="crm.complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="A complaint closed long before, to which the customer wrote again.",
    )
    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The call in which the customer complained.",
    )
    source_key = fields.Char(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="What tells this report from others of its source: a second one with the "
        "same key is not registered again.",
    )

    _source_key_uniq = models.UniqueIndex(
        "(company_id, source_key) WHERE source_key IS NOT NULL",
        "This report has been registered already.",
    )

    @api.model
    def _find_by_source_keys(self, company, keys):
        """Return ``{key: complaint}`` of those that are there already."""
        # Superuser: also one that its finder may not open is there already.
        found = self.sudo().search(
            [("company_id", "=", company.id), ("source_key", "in", list(keys))]
        )
        return {complaint.source_key: complaint for complaint in found}

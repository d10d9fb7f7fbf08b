from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.crm_relations.tools.sentences import join_words


class CrmComplaintCertificate(models.AbstractModel):
    """The certificate says that a complaint is closed: only of those that are."""

    _name = "report.crm_relations_complaint.crm_complaint_certificate_print"
    _description = "Certificate of closing"

    @api.model
    def _get_report_values(self, docids, data=None):
        complaints = self.env["crm.complaint"].browse(docids)
        still_open = complaints.filtered(lambda one: one.state != "closed")
        if still_open:
            raise UserError(
                self.env._(
                    "There is a certificate of closed complaints only. Not closed: "
                    "%(numbers)s.",
                    numbers=join_words(self.env, still_open.mapped("name")),
                )
            )
        return {
            "doc_ids": docids,
            "doc_model": complaints._name,
            "docs": complaints,
            "data": data,
        }

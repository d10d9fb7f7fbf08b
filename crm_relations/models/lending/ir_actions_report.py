from odoo import models

from ...tools.reading import reading_as


class IrActionsReport(models.Model):
    """What a report shows, of whatever model, is printed."""

    _inherit = "ir.actions.report"

    def _render(self, report_ref, res_ids, data=None):
        with reading_as("printed"):
            return super()._render(report_ref, res_ids, data)

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        with reading_as("printed"):
            return super()._render_qweb_pdf(report_ref, res_ids, data)

    def _render_qweb_html(self, report_ref, docids, data=None):
        with reading_as("printed"):
            return super()._render_qweb_html(report_ref, docids, data)

    def _render_qweb_text(self, report_ref, docids, data=None):
        with reading_as("printed"):
            return super()._render_qweb_text(report_ref, docids, data)

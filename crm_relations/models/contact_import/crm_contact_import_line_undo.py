from odoo import models

from .crm_contact_import_line_run import digest


class CrmContactImportLine(models.Model):
    _inherit = "crm.contact.import.line"

    def _take_out(self):
        """Empty what was filled in, where it still stands as it was filled in."""
        for line in self.filtered("filled"):
            partner = line.partner_id
            still = {
                name: False
                for name, was in line.filled.items()
                if digest(partner[name]) == was
            }
            if still:
                partner.write(still)

from odoo import models

from .crm_contact_import_line_run import digest


class CrmContactImportLine(models.Model):
    _inherit = "crm.contact.import.line"

    def _take_out(self):
        """Empty what was filled in, where it still stands as it was filled in; return
        the lines whose contacts the caller does not write any more."""
        left = self.browse()
        for line in self.filtered("filled"):
            partner = line.partner_id
            if not partner.has_access("write"):
                left |= line
                continue
            still = {
                name: False
                for name, was in line.filled.items()
                if digest(partner[name]) == was
            }
            if still:
                partner.write(still)
        return left

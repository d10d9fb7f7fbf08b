from odoo import models

from ....tools.arguments import Given
from .crm_followup_measure import DEVICE


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_check_in(self):
        """Ask the browser for its position, then begin a visit here."""
        self.ensure_one()
        return self.env["crm.followup"]._get_locate_action("check_in_here", self)

    def check_in_here(self, position: Given):
        """Begin a visit where the browser is; ask for a reason if out of range.

        :param position: ``{"latitude", "longitude", "accuracy_m"}`` in WGS-84
        :return: the action that opens the visit, or asks
        """
        self.ensure_one()
        visits = self.env["crm.followup"]
        position = visits._pick_position(position) or dict.fromkeys(DEVICE)
        is_open = visits._get_open_visit()
        if not is_open and visits._is_far(self, position):
            return visits._ask_for_reason(self, position)
        return visits.browse(visits.check_in(self.id, **position))._open_visit()

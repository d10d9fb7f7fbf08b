from odoo import models

from ...tools.suite import is_ours


class ResPartner(models.Model):
    """Nobody becomes the salesperson of a customer who does not work here any more."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.colleague.mixin"]

    def _is_colleague_field(self, field):
        chosen = is_ours(field) or field.name == "user_id"
        return super()._is_colleague_field(field) and chosen

    def _filter_in_charge_of_colleagues(self):
        # Superuser: also who may not see the field must be told. Contacts that are no
        # customers keep Odoo's own freedom.
        return super()._filter_in_charge_of_colleagues() & self._filter_managed()

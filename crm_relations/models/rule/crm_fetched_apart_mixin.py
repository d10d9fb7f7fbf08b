from odoo import api, models

from ...tools.suite import is_ours

# What is fetched together once one of these fields is asked for.
APART = "crm_relations"


class CrmFetchedApartMixin(models.AbstractModel):
    """Who reads a record of Odoo's reads Odoo's columns of it, not ours.

    The ORM fetches all columns of a record with the first that is asked for, a company
    in nearly each transaction. Where ours are many, and nobody needs them but us, they
    are a group of their own, fetched when one of them is asked for.
    """

    _name = "crm.fetched.apart.mixin"
    _description = "Fetched apart"

    # What is read of all nevertheless.
    _fetched_with_others = frozenset()

    @api.model
    def _post_model_setup__(self):
        result = super()._post_model_setup__()
        for name, field in self._fields.items():
            if name not in self._fetched_with_others and is_ours(field):
                if field.prefetch is True:
                    field.prefetch = APART
        return result

from odoo import api, fields, models


class CrmCustomerLineMixin(models.AbstractModel):
    """What is kept about one customer, by one company: it goes when the customer does,
    and nobody moves it to another by hand."""

    _name = "crm.customer.line.mixin"
    _description = "Kept about a customer"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, index="btree_not_null"
    )

    @api.model
    def _find_in_force(self, partner_ids, *terms):
        """Return the lines of these customers that have not ended, where lines that
        have stay as history: whatever the context of a client asks to be shown.

        :param terms: more of a domain
        """
        own = ("partner_id", "in", list(partner_ids))
        return self.search([own, ("active", "=", True), *terms])

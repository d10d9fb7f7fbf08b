from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """A release hides in the same writing of a row: the statement that gives it to the
    pool empties its columns, where it has kept what they held."""

    _inherit = "res.partner"

    @api.model
    def _get_before_release_sql(self):
        before = super()._get_before_release_sql()
        if not self.env["crm.pool"]._hides_anything():
            return before
        # Contacts with another salesperson are not written here, but by ``_settle``.
        family = SQL(
            """
            SELECT partner.id AS partner_id, turn.id AS customer_id, %(phone)s AS phone,
                   %(email)s AS email
              FROM turn
              JOIN crm_pool AS pool ON pool.id = turn.to_pool_id
              JOIN res_partner AS partner ON partner.commercial_partner_id = turn.id
             WHERE partner.id = turn.id
                OR partner.user_id IS NOT DISTINCT FROM turn.from_user_id
            """,
            **self.env["crm.hidden.value"]._get_wanted_sql(
                SQL("partner.id"), SQL("turn.id"), SQL("pool")
            ),
        )
        # Without locks: the customers have them, and a contact that somebody changes
        # makes this transaction fail when it is written.
        hidden = self.env["crm.hidden.value"]
        keep = hidden._get_keeping_sql(
            hidden._get_partner_copy(), family, SQL("TRUE"), SQL()
        )
        return SQL("%s %s,", before, keep)

    @api.model
    def _get_release_values_sql(self, alias):
        values = super()._get_release_values_sql(alias)
        if not self.env["crm.pool"]._hides_anything():
            return values
        hidden = self.env["crm.hidden.value"]
        emptied = hidden._get_emptied_sql(hidden._get_partner_copy(), alias)
        return SQL("%s%s", values, emptied)

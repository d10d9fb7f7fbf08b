from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_nearby_condition(self, alias):
        """Those shared with the caller as well, and of the pools only those open to
        the caller."""
        return SQL(
            """
            (%(mine)s)
            AND (%(pool)s IS NULL
                 OR NOT EXISTS (SELECT FROM crm_pool_member_rel AS member
                                 WHERE member.crm_pool_id = %(pool)s)
                 OR %(uid)s IN (SELECT res_users_id FROM crm_pool_member_rel
                                 WHERE crm_pool_id = %(pool)s
                                 UNION ALL
                                SELECT res_users_id FROM crm_pool_manager_rel
                                 WHERE crm_pool_id = %(pool)s))
            OR EXISTS (SELECT FROM crm_customer_share AS share
                        WHERE share.partner_id = %(customer)s
                          AND share.user_id = %(uid)s AND share.active)
            """,
            mine=super()._get_nearby_condition(alias),
            pool=SQL.identifier(alias, "pool_id"),
            customer=SQL.identifier(alias, "id"),
            uid=self.env.uid,
        )

    @api.model
    def _get_nearby_visible_sql(self):
        """Nobody meets there who is put aside."""
        return SQL(
            "%s AND partner.id NOT IN (SELECT partner_id FROM (%s) AS put)",
            super()._get_nearby_visible_sql(),
            self.env["crm.pool.aside"]._get_in_force_sql(),
        )

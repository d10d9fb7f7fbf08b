from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 92


class CrmPoolView(models.Model):
    """Who has opened the card of which pool customer on which day, once a day."""

    _name = "crm.pool.view"
    _description = "View of a pool customer"
    _order = "day desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    user_id = fields.Many2one(
        comodel_name="res.users", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    day = fields.Date(required=True, readonly=True)

    _once_a_day = models.Constraint(
        "UNIQUE(user_id, day, partner_id)", "A customer counts once a day."
    )

    @api.model
    def _get_opened(self, user, partner, day, company=None):
        """Return how many cards of pool customers ``user`` has opened on this day, and
        whether this one is among them.

        :param company: count only those of its customers
        """
        counted = SQL("TRUE")
        if company:
            own = self.env["res.partner"]._get_relation_company_sql("partner")
            counted = SQL("%s = %s", own, company.id)
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT count(*), COALESCE(bool_or(partner.id = %(partner)s), FALSE)
                  FROM crm_pool_view AS opened
                  JOIN res_partner AS partner ON partner.id = opened.partner_id
                 WHERE opened.user_id = %(user)s AND opened.day = %(day)s
                   AND %(counted)s
                """,
                partner=partner.id,
                user=user.id,
                day=day,
                counted=counted,
            )
        )
        return row

    @api.model
    def _note(self, user, partner, day):
        """Note that ``user`` opens the card."""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_pool_view (user_id, partner_id, day)
                VALUES (%s, %s, %s)
           ON CONFLICT DO NOTHING
             RETURNING id
                """,
                user.id,
                partner.id,
                day,
            )
        )

    @api.autovacuum
    def _gc_views(self):
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_pool_view WHERE day < %s",
                today - timedelta(days=KEPT_DAYS),
            )
        )

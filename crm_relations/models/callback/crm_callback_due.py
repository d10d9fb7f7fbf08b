from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CrmCallback(models.Model):
    """Which calls stand on the caller's screen now: My Day, lists and screen count the
    same ones."""

    _inherit = "crm.callback"

    is_on_my_desk = fields.Boolean(
        string="Can Be Called Now",
        compute="_compute_is_on_my_desk",
        search="_search_is_on_my_desk",
        help="It is due, its number may be dialled at this hour, and it is yours or on "
        "the common list.",
    )

    @api.depends("state", "agent_id", "reserved_by_id", "next_at", "number_partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_on_my_desk(self):
        found = self.search(
            [("id", "in", self._origin.ids), ("is_on_my_desk", "=", True)]
        )
        for call in self:
            call.is_on_my_desk = call._origin in found

    @api.model
    def _search_is_on_my_desk(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env.flush_all()  # the statement does not say which fields it reads
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s IN (SELECT call.id %s)",
                SQL.identifier(alias, "id"),
                self._get_desk_sql(),
            )
        )

    @api.model
    def _get_desk_sql(self):
        """Return FROM and WHERE of the calls ``call`` on the caller's screen."""
        return SQL(
            """
              FROM crm_callback AS call
              %(joins)s
             WHERE %(mine)s AND %(callable)s
               AND (call.reserved_by_id = %(uid)s
                    OR call.next_at <= %(now)s AND %(hours)s)
            """,
            joins=self._get_hours_joins_sql(),
            mine=self._get_mine_sql(),
            callable=self._get_callable_sql("call"),
            uid=self.env.uid,
            now=fields.Datetime.now(),
            hours=self._get_hours_sql(),
        )

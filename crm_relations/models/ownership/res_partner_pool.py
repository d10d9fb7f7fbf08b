from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists


class ResPartner(models.Model):
    """A customer belongs to a person or to one pool, never to both."""

    _inherit = "res.partner"

    is_in_pool = fields.Boolean(
        string="In the Public Pool",
        compute="_compute_is_in_pool",
        search="_search_is_in_pool",
        help="It has no salesperson: the members of its pool may claim it.",
    )
    is_in_my_pool = fields.Boolean(
        string="In a Pool of Mine",
        compute="_compute_is_in_my_pool",
        search="_search_is_in_my_pool",
        help="In a pool whose member or manager I am.",
    )

    _pool_or_owner = models.Constraint(
        "CHECK(pool_id IS NULL OR user_id IS NULL)",
        "A customer with a salesperson is in no public pool.",
    )

    def _auto_init(self):
        # Before the constraint is added: who owned a customer goes on owning it.
        if column_exists(self.env.cr, "res_partner", "pool_since"):
            self.env.cr.execute(
                "UPDATE res_partner SET pool_id = NULL, pool_since = NULL "
                "WHERE pool_id IS NOT NULL AND user_id IS NOT NULL"
            )
        return super()._auto_init()

    @api.depends("pool_id", "user_id")
    def _compute_is_in_pool(self):
        for partner in self:
            partner.is_in_pool = bool(partner.pool_id) and not partner.user_id

    @api.model
    def _search_is_in_pool(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("pool_id", "!=", False) & Domain("user_id", "=", False)

    @api.depends("pool_id")
    @api.depends_context("uid")
    def _compute_is_in_my_pool(self):
        mine = self.env["crm.pool"]._get_of_user()
        for partner in self:
            partner.is_in_my_pool = partner.pool_id in mine

    @api.model
    def _search_is_in_my_pool(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("pool_id", "in", self.env["crm.pool"]._get_of_user().ids)

    def _get_pool_entries(self):
        """Return ``{customer id: line of the ledger}`` of how those in a pool came
        there: the last line that counts and led into a pool, else the last one."""
        ids = self.filtered("pool_id")._origin.ids
        if not ids:
            return {}
        # Superuser: why a customer is in the pool, for whoever may see it there.
        changes = self.env["crm.ownership.change"].sudo()
        changes.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (change.partner_id) change.partner_id, change.id
                  FROM crm_ownership_change AS change
                 WHERE change.partner_id = ANY(%(ids)s) AND %(counted)s
              ORDER BY change.partner_id, change.to_pool_id IS NULL,
                       change.decided_at DESC, change.id DESC
                """,
                ids=ids,
                counted=changes._get_counted_sql("change"),
            )
        )
        return {partner_id: changes.browse(line_id) for partner_id, line_id in rows}

    def _leave_pools(self):
        """Take these out of their pools, before they get an owner: a row must at no
        moment have both."""
        # Superuser: where a customer is, is decided, not edited.
        pooled = self.sudo().filtered(
            lambda one: one.is_managed_customer and one.pool_id
        )
        pooled.write({"pool_id": False, "pool_since": False})

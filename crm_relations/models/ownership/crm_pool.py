from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmPool(models.Model):
    """A public pool: customers without an owner, open to its members."""

    _name = "crm.pool"
    _inherit = ["crm.ownership.off.mixin"]
    _description = "Public pool"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        help="Only customers of this company come here. Empty: those of all companies.",
    )
    description = fields.Text(translate=True)
    member_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_pool_member_rel",
        ondelete="restrict",
        context={"active_test": False},
        string="Members",
        domain="[('share', '=', False)]",
        help="Salespeople who see the customers of this pool and may claim them. "
        "Empty: all of them.",
    )
    manager_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_pool_manager_rel",
        string="Managers",
        domain="[('share', '=', False)]",
        help="They assign, distribute and move its customers, and see what is hidden "
        "from the others.",
    )
    is_editable = fields.Boolean(
        string="Members May Change Customers",
        help="The members of the pool change the archive of its customers before they "
        "claim them. Otherwise only its managers and custodians do.",
    )
    partner_count = fields.Integer(
        string="In the Pool", compute="_compute_partner_count"
    )

    def _compute_partner_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("pool_id", "in", self.ids), ("is_in_my_pool", "=", True)],
                ["pool_id"],
                ["__count"],
            )
        )
        for pool in self:
            pool.partner_count = counts.get(pool, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """What a pool hides comes back with its customers, who leave it first; where a
        customer has been is history."""
        for pool in self:
            count = pool._count_customers()
            if count:
                raise UserError(
                    self.env._(
                        "Customers in the pool “%(pool)s”, archived ones included: "
                        "%(count)s. Move them to another pool or assign them first, or "
                        "archive the pool.",
                        count=count,
                        pool=pool.name,
                    )
                )
            if pool._is_in_history():
                raise UserError(
                    self.env._(
                        "Customers have been in the pool “%(pool)s”, and their history "
                        "says so. Archive it instead.",
                        pool=pool.name,
                    )
                )

    def _count_customers(self):
        # Superuser: those of all companies count, whoever deletes the pool.
        customers = self.env["res.partner"].sudo().with_context(active_test=False)
        return customers.search_count([("pool_id", "in", self.ids)])

    def _is_in_history(self):
        # Superuser: the history of all customers counts.
        changes = self.env["crm.ownership.change"].sudo()
        return bool(
            changes.search_count(
                ["|", ("from_pool_id", "in", self.ids), ("to_pool_id", "in", self.ids)],
                limit=1,
            )
        )

    @api.model
    def _get_of_user(self):
        """Return the pools whose customers the user sees: as a member, as a manager,
        or as a relations manager."""
        # Superuser: the members of a pool are decided, not looked up with one's rights.
        pools = self.sudo().with_context(active_test=False)
        pools = pools.search([])  # pylint: disable=no-search-all
        if not self.env.user.has_group("crm_relations.group_relations_manager"):
            pools = pools.filtered(lambda pool: pool._has_member(self.env.user))
        companies = self.env.user._get_open_companies()
        return pools.filtered(lambda pool: pool.company_id <= companies).with_env(
            self.env
        )

    def _has_manager(self, user):
        """Return whether ``user`` runs this pool: one of its managers, or a relations
        manager of its company."""
        self.ensure_one()
        manages_all = user.has_group("crm_relations.group_relations_manager")
        return user in self.manager_ids or (manages_all and self._is_open_to(user))

    def _has_member(self, user):
        """Return whether ``user`` may see and claim customers of this pool: its
        members, or without any everybody of its company."""
        self.ensure_one()
        if not self.member_ids:
            return user in self.manager_ids or self._is_open_to(user)
        return user in self.member_ids | self.manager_ids

    def _is_open_to(self, user):
        """Return whether ``user`` works in the company of this pool, or in a branch."""
        return self.company_id <= user._get_open_companies()

    def action_view_customers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_pool_customer_action"
        )
        domain = [("pool_id", "=", self.id), ("is_in_my_pool", "=", True)]
        return {**action, "domain": domain}

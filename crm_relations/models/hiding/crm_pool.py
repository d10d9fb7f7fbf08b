from odoo import api, fields, models, tools

HIDES = frozenset(("hides_phone", "hides_email", "hides_contacts"))


class CrmPool(models.Model):
    """What a pool keeps from everybody until its customers are claimed."""

    _inherit = "crm.pool"

    hides_phone = fields.Boolean(
        string="Hide Phone Numbers",
        default=True,
        help="Until somebody has claimed the customer, its number shows as 138****5678 "
        "and is found by nobody but who knows it. Messages, notes and meetings written "
        "before keep what they say.",
    )
    hides_email = fields.Boolean(
        string="Hide E-mail Addresses",
        default=True,
        help="Until somebody has claimed the customer, its address shows as "
        "a***@example.com. Messages, notes and meetings written before keep what they "
        "say. Who logs in to the portal, or did, keeps the address: it is the login.",
    )
    hides_contacts = fields.Boolean(
        string="Those of Contact Persons Too",
        default=True,
        help="The same for the persons and addresses that belong to the customer.",
    )
    show_group_ids = fields.Many2many(
        comodel_name="res.groups",
        relation="crm_pool_show_group_rel",
        string="May Show",
        help="Besides the managers of the pool, the members of these groups can have a "
        "hidden number or address shown, for instance accounting. Each time is logged.",
    )

    def _init_column(self, column_name):
        """Pools that are there already go on showing what they showed."""
        if column_name in HIDES:
            return None
        return super()._init_column(column_name)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache("default", "templates")
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if not HIDES.isdisjoint(vals):
            # Views as well: they show masks where something is hidden.
            self.env.registry.clear_cache("default", "templates")
            self._settle_customers()
        return result

    def unlink(self):
        self.env.registry.clear_cache("default", "templates")
        return super().unlink()

    def _settle_customers(self):
        """Hide and show by the settings of now, archived customers included."""
        # Superuser: whoever may change the pool decides what it hides, of all.
        customers = self.env["res.partner"].sudo().with_context(active_test=False)
        customers = customers._search([("pool_id", "in", self.ids)])
        self.env["crm.hidden.value"].sudo()._settle(customers.get_result_ids())

    @api.model
    @tools.ormcache()
    def _hides_anything(self):
        """Return whether any pool hides anything: else hiding costs nobody a query."""
        return bool(self._get_hiding_ids())

    @api.model
    def _get_hiding_ids(self):
        # Superuser: also pools that the user does not see.
        pools = self.sudo().with_context(active_test=False)
        return pools.search(
            ["|", ("hides_phone", "=", True), ("hides_email", "=", True)]
        ).ids

    def _may_show(self, user):
        """Return whether ``user`` may have shown what this pool hides."""
        self.ensure_one()
        if self._has_manager(user):
            return True
        # Superuser: which groups the pool names is not for everybody to read.
        return bool(self.sudo().show_group_ids & user.sudo().all_group_ids)

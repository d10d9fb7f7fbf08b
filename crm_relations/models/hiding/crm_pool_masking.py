from odoo import api, fields, models, tools

HIDES = {
    "hides_phone": "phone",
    "hides_email": "email",
    "hides_contacts": "contacts",
}


class CrmPool(models.Model):
    """What a pool keeps from those who have not claimed its customers yet."""

    _inherit = "crm.pool"

    hides_phone = fields.Boolean(
        string="Hide Phone Numbers",
        default=True,
        help="Until somebody has claimed the customer, its number shows as 138****5678 "
        "to all but the managers of the pool, and searching for it finds nothing.",
    )
    hides_email = fields.Boolean(
        string="Hide E-mail Addresses",
        default=True,
        help="Until somebody has claimed the customer, its address shows as "
        "a***@example.com to all but the managers of the pool, and searching for it "
        "finds nothing.",
    )
    hides_contacts = fields.Boolean(
        string="Those of Contact Persons Too",
        default=True,
        help="The same for the persons and addresses that belong to the customer.",
    )

    def _init_column(self, column_name):
        """Pools that are there already go on showing what they showed."""
        if column_name in HIDES:
            return None
        return super()._init_column(column_name)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if {*HIDES, "manager_ids", "company_id"} & set(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _get_masking(self):
        """Return what is hidden from the user: ``{pool id: {"phone", "email",
        "contacts"}}``; empty for those who run all pools, for Odoo's own jobs and for
        outsiders, who see nothing but their own."""
        return self._get_masking_of(self.env.uid)

    @api.model
    @tools.ormcache("user_id")
    def _get_masking_of(self, user_id):
        # Superuser: what is hidden from a user is not for him to read.
        user = self.env["res.users"].sudo().browse(user_id)
        if user._is_superuser() or not user._is_internal():
            return {}
        pools = self.sudo().with_context(active_test=False)
        pools = pools.search(["|", ("hides_phone", "=", True), ("hides_email", "=", 1)])
        return {
            pool.id: frozenset(kind for name, kind in HIDES.items() if pool[name])
            for pool in pools
            if not pool._has_manager(user)
        }

    @api.model
    def _get_masking_pools(self, kind):
        """Return the ids of the pools that hide ``kind`` from the user: those that hide
        it with contact persons too, and those of the customer itself only."""
        masking = self._get_masking()
        pools = {pool: hidden for pool, hidden in masking.items() if kind in hidden}
        everyone = [pool for pool, hidden in pools.items() if "contacts" in hidden]
        return everyone, [pool for pool in pools if pool not in everyone]

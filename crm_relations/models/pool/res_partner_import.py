from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class ResPartner(models.Model):
    """Import customers into pools: a column with the name of the pool."""

    _inherit = "res.partner"

    join_pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Into Public Pool",
        compute="_compute_join_pool_id",
        inverse="_inverse_join_pool_id",
        help="The column of an import: the customer comes into this pool. It must have "
        "no salesperson, and you must be a manager of the pool.",
    )

    @api.depends("pool_id")
    def _compute_join_pool_id(self):
        for partner in self:
            partner.join_pool_id = partner.pool_id

    def _inverse_join_pool_id(self):
        joining = self.filtered("join_pool_id")
        # Superuser: where they are, whoever may say so.
        pools = {
            partner.id: partner.join_pool_id.id
            for partner in joining
            if partner.sudo().pool_id != partner.join_pool_id
        }
        customers = self.browse(pools)
        for partner in customers:
            partner._check_join_pool(partner.join_pool_id.sudo())
        customers.filtered(
            lambda partner: not partner.is_managed_customer
        ).is_managed_customer = True
        if pools:
            # Superuser: ledgers and batches are written by nobody; rights are checked.
            batch = self.env["crm.pool.batch"].sudo()
            batch._create_transfer("import", "", None)._place(pools)

    def _check_join_pool(self, pool):
        """Refuse what cannot come into the pool, in words that stand at the row."""
        # Superuser: who owns it, and the pool that it would leave.
        pools = pool | self.sudo().pool_id
        managed = pools.filtered(lambda some: some._has_manager(self.env.user))
        if not self.env.su and pools != managed:
            raise AccessError(
                self.env._(
                    "Only the managers of the pool “%(pool)s” may import customers "
                    "into it, or out of it.",
                    pool=(pools - managed)[-1:].name,
                )
            )
        if message := self._get_join_refusal(pool):
            raise ValidationError(message)

    def _get_join_refusal(self, pool):
        names = {"customer": self.display_name, "pool": pool.name}
        if not pool.active:
            return self.env._("The pool “%(pool)s” is archived.", **names)
        if not self.active:
            return self.env._(
                "“%(customer)s” is archived: restore it before it comes into the pool "
                "“%(pool)s”.",
                **names,
            )
        # Superuser: that it has one, not who.
        if self.sudo().user_id:
            return self.env._(
                "“%(customer)s” has a salesperson: it cannot come into the pool "
                "“%(pool)s”. Leave one of the two columns empty.",
                **names,
            )
        if self.commercial_partner_id != self:
            return self.env._(
                "“%(customer)s” is a contact: only its customer can be in a pool.",
                **names,
            )
        if pool.company_id and pool.company_id != self._get_own_company():
            return self.env._("The pool %(pool)s is of another company.", **names)
        return None

    @api.model
    def load(self, fields, data):
        """Accept the column ``pool_id`` of a file made by an export."""
        fields = [
            "join_" + name if name.split("/")[0] == "pool_id" else name
            for name in fields
        ]
        return super().load(fields, data)

    def _load_records(self, data_list, update=False):
        """Odoo tells the first refusal of many rows at the first row, then tries row by
        row: let it only try again, so that each row gets its own message."""
        joining = any("join_pool_id" in data["values"] for data in data_list)
        if len(data_list) < 2 or not joining:
            return super()._load_records(data_list, update)
        try:
            return super()._load_records(data_list, update)
        except UserError as error:
            raise ValueError(str(error)) from error

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmPool(models.Model):
    """A public pool: customers without an owner, open to its members."""

    _name = "crm.pool"
    _description = "Public pool"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(comodel_name="res.company")
    description = fields.Text(translate=True)
    member_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_pool_member_rel",
        string="Members",
        domain="[('share', '=', False)]",
        help="Salespeople who see this pool. Empty: all of them.",
    )
    manager_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_pool_manager_rel",
        string="Managers",
        domain="[('share', '=', False)]",
    )
    partner_count = fields.Integer(string="Customers", compute="_compute_partner_count")

    @api.constrains("active")
    def _check_active(self):
        archived = self.filtered(lambda pool: not pool.active)
        rule = self.env["crm.pool.rule"].search(
            [("pool_id", "in", archived.ids)], limit=1
        )
        if rule:
            raise ValidationError(
                self.env._(
                    "The rule “%(rule)s” releases customers into “%(pool)s”: archive "
                    "the rule first.",
                    rule=rule.name,
                    pool=rule.pool_id.name,
                )
            )

    def _compute_partner_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("pool_id", "in", self.ids)], ["pool_id"], ["__count"]
            )
        )
        for pool in self:
            pool.partner_count = counts.get(pool, 0)

    def action_view_customers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_pool_customer_action"
        )
        return {**action, "domain": [("pool_id", "=", self.id)]}

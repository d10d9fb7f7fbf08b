from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list, ormcache

KINDS = [
    ("manager", "Level of the account manager"),
    ("loyalty", "From satisfied to loyal"),
]


class CrmAccountLadder(models.Model):
    """A ladder of key accounts: how far the account manager has come with a customer,
    or a customer on the way from satisfied to loyal. Steps in their order, each with
    the evidence that it asks for.

    It judges nobody until a company uses it.
    """

    _name = "crm.account.ladder"
    _description = "Ladder of key accounts"
    _inherit = ["crm.ladder.mixin", "crm.rule.preview"]
    _order = "kind desc, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(selection=KINDS, required=True, default="manager")
    company_ids = fields.Many2many(
        comodel_name="res.company",
        string="Used By",
        copy=False,
        help="The companies whose customers it judges, each night. Empty: nobody is "
        "judged, and nothing is shown.",
    )
    is_used_here = fields.Boolean(
        string="Used by This Company", compute="_compute_is_used_here"
    )
    audience = fields.Selection(
        selection=[
            ("key", "Key accounts"),
            ("owned", "Customers with a salesperson"),
        ],
        string="Who Is Judged",
        required=True,
        default="key",
    )
    step_ids = fields.One2many(
        comodel_name="crm.account.ladder.step",
        inverse_name="ladder_id",
        string="Steps of the Ladder",
        copy=True,
    )

    @api.depends("company_ids")
    @api.depends_context("company")
    def _compute_is_used_here(self):
        for ladder in self:
            ladder.is_used_here = self.env.company in ladder.company_ids

    @api.constrains("company_ids", "kind", "active")
    def _check_company_ids(self):
        for ladder in self:
            others = ladder.search(
                [
                    ("id", "!=", ladder.id),
                    ("kind", "=", ladder.kind),
                    ("company_ids", "in", ladder.company_ids.ids),
                ]
            )
            if ladder.active and others:
                both = others.company_ids & ladder.company_ids
                raise ValidationError(
                    self.env._(
                        "%(companies)s: “%(ladder)s” is used there already.",
                        companies=format_list(self.env, both.mapped("name")),
                        ladder=others[0].name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        ladders = super().create(vals_list)
        self._forget_used()
        return ladders

    def write(self, vals):
        result = super().write(vals)
        self._forget_used()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_used()
        return result

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        for ladder, vals in zip(self, copies, strict=True):
            # Whoever is named twice is copied once.
            if vals:
                vals["name"] = self.env._("%s (copy)", ladder.name)
        return copies

    def run(self):
        """Judge the customers of this ladder now.

        :return: number of customers changed
        """
        self.ensure_one()
        self.check_access("write")
        # Superuser: nobody writes where a customer stands; the ladder decides.
        return self.sudo()._judge()

    def action_use(self):
        """Let it judge the customers of the present company, from this night on."""
        self.ensure_one()
        self.company_ids += self.env.company

    def action_stop_using(self):
        """Let it judge the customers of the present company no more."""
        self.ensure_one()
        self.company_ids -= self.env.company

    def _get_run_message(self, changed):
        return self.env._("Customers judged anew: %s.", changed)

    def action_open_standings(self):
        """Open where the customers stand on this ladder."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_account_standing_action"
        )
        return action | {
            "domain": [("ladder_id", "=", self.id)],
            "display_name": self.name,
        }

    @api.model
    @ormcache()
    def _get_used_ids(self):
        """Return the ids of the ladders that a company uses: kept, so that a company
        that uses none pays nothing."""
        # Superuser: they hold for all, whoever asks.
        used = [("company_ids", "!=", False), ("active", "=", True)]
        return tuple(self.sudo().search(used).ids)

    @api.model
    def _get_used(self):
        # Superuser: as above.
        return self.sudo().browse(self._get_used_ids())

    @api.model
    def _forget_used(self):
        self.env.registry.clear_cache()

from odoo import api, fields, models


class CrmHandoverItem(models.Model):
    """What moved along with a customer, and from whom: an undo needs it."""

    _name = "crm.handover.item"
    _description = "Item handed over with a customer"
    _inherit = ["crm.customer.line.mixin"]
    _order = "partner_id, id"

    change_id = fields.Many2one(
        comodel_name="crm.ownership.change",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    batch_id = fields.Many2one(
        comodel_name="crm.pool.batch", readonly=True, index="btree_not_null"
    )
    kind = fields.Char(
        string="Key of the Kind",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    kind_name = fields.Char(string="Kind", compute="_compute_kind_name")
    res_model = fields.Char(
        required=True, readonly=True, export_string_translation=False
    )
    res_id = fields.Many2oneReference(
        model_field="res_model",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    name = fields.Char(readonly=True)
    from_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Former Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    to_user_id = fields.Many2one(
        comodel_name="res.users",
        string="New Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    from_team_id = fields.Many2one(
        comodel_name="crm.team", readonly=True, index="btree_not_null"
    )
    was_follower = fields.Boolean(readonly=True, export_string_translation=False)
    state = fields.Selection(
        selection=[
            ("moved", "Moved"),
            ("restored", "Gone back"),
            ("left", "Touched since, stayed"),
            ("closed", "Closed"),
        ],
        string="Status",
        required=True,
        default="moved",
        readonly=True,
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_name(self):
        labels = self.env["crm.handover.mixin"]._get_handover_labels()
        for item in self:
            item.kind_name = labels.get(item.kind, "")

    def action_open(self):
        """Open the record in a new tab; the list stays as it is."""
        self.ensure_one()
        return self._get_open_action(self.res_model, self.res_id)

    @api.model
    def _get_open_action(self, res_model, res_id):
        if res_model == "mail.activity":
            # Superuser: an activity is read where it hangs, by the rights of that.
            activity = self.env[res_model].sudo().browse(res_id).exists()
            res_model, res_id = activity.res_model, activity.res_id
        return {
            "type": "ir.actions.act_url",
            "url": f"/odoo/{res_model}/{res_id}" if res_model else "/odoo",
            "target": "new",
        }

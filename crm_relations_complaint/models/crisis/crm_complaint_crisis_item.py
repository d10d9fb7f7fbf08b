from odoo import api, fields, models
from odoo.exceptions import UserError

from .crm_complaint_crisis_plan_line import ITEM_KINDS


class CrmComplaintCrisisItem(models.Model):
    """A task of a crisis, or an exit criterion: who has ticked it, and when, is
    kept."""

    _name = "crm.complaint.crisis.item"
    _description = "Task or Exit Criterion"
    _inherit = ["crm.colleague.mixin"]
    _order = "crisis_id, is_done, due_at, sequence, id"

    crisis_id = fields.Many2one(
        comodel_name="crm.complaint.crisis",
        required=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(selection=ITEM_KINDS, required=True, default="task")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    due_at = fields.Datetime(string="Due")
    is_done = fields.Boolean(string="Done")
    done_at = fields.Datetime(string="Done On", readonly=True)
    done_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    is_late = fields.Boolean(string="Overdue", compute="_compute_is_late")

    @api.depends("due_at", "is_done")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for item in self:
            item.is_late = not item.is_done and bool(item.due_at) and item.due_at < now

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create([self._stamp(vals, True) for vals in vals_list])
        items._check_crisis_is_open()
        return items

    def write(self, vals):
        self._check_crisis_is_open()
        result = super().write(self._stamp(vals))
        if "crisis_id" in vals:
            self._check_crisis_is_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ended(self):
        self._check_crisis_is_open()

    def _stamp(self, vals, is_new=False):
        """Return values with who ticks it now; nobody types that."""
        if self.env.su:
            return vals
        vals = {k: v for k, v in vals.items() if k not in ("done_at", "done_by_id")}
        if "is_done" in vals or is_new:
            done = bool(vals.get("is_done"))
            vals["is_done"] = done
            vals["done_at"] = done and fields.Datetime.now()
            vals["done_by_id"] = done and self.env.uid
        return vals

    def _check_crisis_is_open(self):
        # Superuser: how the crisis stands, for who writes its items.
        crises = self.sudo().crisis_id
        if not self.env.su and any(crisis.state == "ended" for crisis in crises):
            raise UserError(self.env._("This crisis has ended: its file stays."))

from odoo import api, fields, models


class CrmAccountPlanCheck(models.Model):
    """A question to the quality of the plan and its work, and who has answered it."""

    _name = "crm.account.plan.check"
    _description = "Quality check of a plan"
    _inherit = ["crm.account.plan.line.mixin"]
    _order = "plan_id, sequence, id"
    _alive = frozenset(("result", "note"))
    _grows = True
    _closed = frozenset(("checked_on", "checked_by_id"))

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True)
    result = fields.Selection(
        selection=[("good", "Good"), ("lacking", "Lacking")], copy=False
    )
    note = fields.Char(copy=False)
    checked_on = fields.Date(readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        checks.filtered("result")._sign()
        return checks

    def write(self, vals):
        result = super().write(vals)
        if "result" in vals:
            self._sign()
        return result

    def _sign(self):
        # Superuser: nobody types who has checked.
        for check in self.sudo():
            done = check.result and self.env.user._get_relations_today()
            check.write(
                {
                    "checked_on": done or False,
                    "checked_by_id": check.result and self.env.uid,
                }
            )

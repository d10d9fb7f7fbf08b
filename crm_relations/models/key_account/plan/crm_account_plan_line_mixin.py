from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools.sentences import join_words


class CrmAccountPlanLineMixin(models.AbstractModel):
    """A part of a plan. In a draft whoever works with the customer writes it; once the
    plan is in force only what says what happens (``_alive``), or new ones where a plan
    grows (``_grows``); nothing while it is asked for, or once it is ended.
    """

    _name = "crm.account.plan.line.mixin"
    _description = "Part of a plan"

    _alive = frozenset()
    _grows = False
    # What only methods write.
    _closed = frozenset()

    plan_id = fields.Many2one(
        comodel_name="crm.account.plan",
        string="Account Plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", export_string_translation=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_not_closed(name for name in vals if vals[name])
        lines = super().create(vals_list)
        lines._check_plan(None)
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_not_closed(vals)
        self._check_plan(vals)
        result = super().write(vals)
        if "plan_id" in vals:
            self._check_plan(vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_where_open(self):
        self._check_plan(None)

    def _check_not_closed(self, names):
        closed = self._closed.intersection(names)
        if closed:
            labels = [
                self._fields[name]._description_string(self.env) for name in closed
            ]
            raise AccessError(
                self.env._(
                    "%(fields)s: nobody types this. It follows from what you do with "
                    "the buttons.",
                    fields=join_words(self.env, sorted(labels)),
                )
            )

    def _check_plan(self, vals):
        """:param vals: what is written; None: lines come or go
        :raise AccessError, UserError: says why not
        """
        if self.env.su:
            return
        self.plan_id._check_worked_on()
        for plan in self.plan_id.sudo():  # Superuser: as it is now
            alive = self._grows if vals is None else self._alive.issuperset(vals)
            if plan.state == "approved" and alive:
                continue
            if plan.state == "draft":
                plan.with_env(self.env)._involve()
                continue
            raise UserError(
                self.env._(
                    "This was approved. Ask for a change: somebody else decides."
                )
                if plan.state == "approved"
                else self.env._(
                    "Only a draft is edited. Take back what you have asked for; an "
                    "ended plan stays as it is."
                )
            )

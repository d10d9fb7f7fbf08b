from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmPostponeWizard(models.TransientModel):
    """Until when something is put off: two clicks, or a day of one's own.

    To put off records of another model, add a field of them, name it in
    ``_get_postponed`` and give the model ``_put_off(day)``, which returns the act.
    """

    _name = "crm.postpone.wizard"
    _description = "Put off"

    activity_ids = fields.Many2many(comodel_name="mail.activity", string="Planned")
    day = fields.Date(string="Until", default=lambda self: self._default_day())

    def _default_day(self):
        return self._get_day(days=1)

    @api.model
    def _open_for(self, records):
        """Return the action that asks until when these are put off."""
        name = self._get_postponed_fields()[records._name]
        # With the rights of the caller, who has been asked for them.
        wizard = self.create({name: records.ids})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put Off"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _get_postponed_fields(self):
        """Hook: return ``{model: name of the field with its records}``."""
        return {"mail.activity": "activity_ids"}

    def action_tomorrow(self):
        return self._apply(self._get_day(days=1))

    def action_in_three_days(self):
        return self._apply(self._get_day(days=3))

    def action_next_week(self):
        """Put off to Monday."""
        today = self.env.user._get_relations_today()
        return self._apply(self._get_day(days=7 - today.weekday()))

    def action_apply(self):
        return self._apply(self.day)

    @api.model
    def _get_day(self, days):
        return self.env.user._get_relations_today() + timedelta(days=days)

    def _apply(self, day):
        self.ensure_one()
        if not day or day <= self.env.user._get_relations_today():
            raise UserError(self.env._("Choose a day after today."))
        message = self.env._("Put off to %(day)s.", day=self.env.user._tell_day(day))
        for name in self._get_postponed_fields().values():
            if self[name]:
                return self[name]._put_off(day)._tell(message)
        raise UserError(self.env._("This has been done or deleted meanwhile."))

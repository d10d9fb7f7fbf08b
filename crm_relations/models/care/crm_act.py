from odoo import models


class CrmAct(models.TransientModel):
    _inherit = "crm.act"

    def _restore(self):
        """Care that is late again is watched again."""
        result = super()._restore()
        numbers = [
            int(number)
            for model, before, _after in self.memory["changed"]
            if model == "crm.care.task"
            for number in before
        ]
        tasks = self.env["crm.care.task"].browse(numbers)
        tasks.filtered(
            lambda task: (
                task.state == "open" and task.escalated_at and not task.warning_id
            )
        )._warn_supervisors()
        return result

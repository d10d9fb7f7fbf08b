from odoo import models


class CrmSatisfactionStudy(models.Model):
    """What the lines of a filled survey say by the questions of a study."""

    _inherit = "crm.satisfaction.study"

    def _read_answers(self, user_inputs):
        """Return ``{id of the filled survey: [answer]}``, each
        ``{"score": values, "is_remark": bool}``: what was answered, nothing for what
        was skipped, does not apply or was asked under a condition that is not met.
        """
        items = self._get_items()
        found = {}
        for answer in user_inputs:
            lines = answer._get_counted_lines()
            read = [
                one
                for item in items
                for one in item._read_lines(item._filter_lines(lines))
            ]
            found[answer.id] = read
        return found

    def _get_items(self):
        """Return the questions in use, told in the language of who runs the study."""
        items = self.item_ids.filtered(
            lambda item: (
                item.question_id and (not item.factor_id or item.factor_id.active)
            )
        )
        return items.with_context(lang=self.user_id.lang or self.env.lang)

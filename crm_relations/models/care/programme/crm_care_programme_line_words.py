from odoo import api, models

OF_LINE = {"stage": "stage", "name": "name", "purpose": "purpose"}
OF_RULE = {"name": "name", "purpose": "instructions"}


class CrmCareProgrammeLine(models.Model):
    """Words of a programme in the languages that came after it was installed."""

    _inherit = "crm.care.programme.line"

    @api.model
    def _learn_words(self):
        """Translate what still stands as its preset brought it, in every language; what
        people have worded themselves stays."""
        lines = self.with_context(active_test=False)
        for line in lines.search([("preset_line_id", "!=", False)]):
            origin = line.preset_line_id
            origin._teach_words(line, OF_LINE)
            if line.rule_id != origin.existing_rule_id:
                origin._teach_words(line.rule_id, OF_RULE)

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmSatisfactionStudy(models.Model):
    """The answers to a study."""

    _inherit = "crm.satisfaction.study"

    response_ids = fields.One2many(
        comodel_name="crm.satisfaction.response",
        inverse_name="study_id",
        string="Answers",
    )
    response_count = fields.Integer(compute="_compute_response_count")
    low_count = fields.Integer(string="Low", compute="_compute_response_count")
    untaken_count = fields.Integer(
        compute="_compute_untaken_count",
        help="Surveys that were filled in before the study was there.",
    )

    def _compute_response_count(self):
        rows = self.env["crm.satisfaction.response"]._read_group(
            [("study_id", "in", self.ids), ("state", "=", "answered")],
            ["study_id", "is_low"],
            ["__count"],
        )
        counts = {(study, is_low): count for study, is_low, count in rows}
        # Nobody reads those, so that none is among the above.
        hidden = self.filtered("is_anonymous")._count_anonymous()
        for study in self:
            study.low_count = counts.get((study, True), 0)
            study.response_count = (
                study.low_count + counts.get((study, False), 0) + hidden.get(study, 0)
            )

    @api.depends("survey_id")
    def _compute_untaken_count(self):
        for study in self:
            # Superuser: whoever reads a study need not read surveys.
            answers = self.env["survey.user_input"].sudo()
            study.untaken_count = answers.search_count(study._get_untaken_domain())

    def _get_untaken_domain(self):
        """Return the domain of the filled surveys of which no response was made."""
        # Superuser: as above.
        known = self.env["crm.satisfaction.response"].sudo()
        known = known._search([("user_input_id", "!=", False)])
        survey = self.sudo().survey_id.id if self.active else False
        return [
            ("survey_id", "=", survey),
            ("state", "=", "done"),
            ("test_entry", "=", False),
            ("id", "not in", known.subselect("user_input_id")),
        ]

    def action_score_again(self):
        """Score the answers of the study by its present mapping, also those that were
        given before it was there. Nobody is told: what is old is no alarm."""
        self.ensure_one()
        self.check_access("write")
        # Superuser: responses are written by the machine; the right was checked.
        responses = self.sudo().response_ids.filtered(
            lambda one: one.state == "answered" and one.user_input_id
        )
        answers = self.env["survey.user_input"].sudo()
        answers = answers.search(self._get_untaken_domain())
        made = responses.browse()._create_unasked(answers)
        (responses | made)._score()

    def action_open_responses(self):
        """Open what was answered."""
        return self._open_responses({"search_default_answered": 1})

    def action_open_low(self):
        """Open the low answers."""
        return self._open_responses({"search_default_low": 1})

    def _open_responses(self, context):
        self.ensure_one()
        name = "response"
        if self.is_anonymous:
            name, context = "report", {}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"crm_relations_survey.crm_satisfaction_{name}_action"
        )
        return action | {"domain": [("study_id", "=", self.id)], "context": context}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        # Superuser: answers of whomever.
        found = self.sudo().filtered("response_ids")[:1]
        if found:
            raise UserError(
                self.env._("“%s” has answers: archive it instead.", found.name)
            )

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import hmac

OPEN_FOR = timedelta(days=1)


class CrmSatisfactionEntrance(models.Model):
    """A code on the counter: whoever reads it with the telephone answers a study
    without a name. Of the answer is known for which branch, team or salesperson the
    code hangs there."""

    _name = "crm.satisfaction.entrance"
    _description = "Code of a satisfaction study"
    _inherit = ["crm.entrance.mixin"]
    _order = "company_id, study_id, sequence, id"
    _entrance_path = "satisfaction"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('survey_id', '!=', False), ('kind', '!=', 'check')]",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        index="btree_not_null",
        ondelete="set null",
        help="Whose work is judged by what comes in here.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Whose work is judged by what comes in here. Empty: nobody's in "
        "particular.",
    )
    token = fields.Char(groups="crm_relations_survey.group_satisfaction_specialist")
    most_per_hour = fields.Integer(string="Answers an Hour")
    most_per_source = fields.Integer(string="Answers an Hour from One Place")
    response_count = fields.Integer(string="Answers", compute="_compute_response_count")

    def _compute_response_count(self):
        counts = dict(
            self.env["crm.satisfaction.response"]._read_group(
                [("entrance_id", "in", self.ids), ("state", "=", "answered")],
                ["entrance_id"],
                ["__count"],
            )
        )
        for entrance in self:
            entrance.response_count = counts.get(entrance, 0)

    @api.constrains("study_id", "company_id")
    def _check_study_id(self):
        for entrance in self:
            company = entrance.study_id.company_id
            if company and company != entrance.company_id:
                raise ValidationError(
                    self.env._(
                        "The study “%(study)s” is of another company.",
                        study=entrance.study_id.name,
                    )
                )

    @api.model
    def _find_open(self, token):
        found = super()._find_open(token)
        return found.filtered(lambda entrance: entrance.study_id._can_ask())

    def _let_in_once(self, nonce, lang=None):
        """Return the open response that this form has begun already, else a new one, as
        superuser.

        :param nonce: what tells the form from all others; it stands in the page, and
            only what is made of it here leads to answers
        """
        # Superuser: the secret of the database, and surveys of nobody.
        key = hmac(self.env(su=True), "satisfaction_entrance", nonce)
        answers = self.env["survey.user_input"].sudo()
        begun = answers.search([("access_token", "=", key)])
        response = begun._get_satisfaction()
        if response.state == "open":
            return response
        response = self._let_in(lang)
        if not begun:
            response.user_input_id.access_token = key
        return response

    def _let_in(self, lang=None):
        """Return a new open response of nobody, as superuser."""
        self.ensure_one()
        # Not as somebody who happens to be logged in: it is anonymous.
        self = self.with_user(SUPERUSER_ID)
        study = self.study_id
        user = self.user_id
        now = fields.Datetime.now().replace(microsecond=0)
        vals = {
            "study_id": study.id,
            "channel": "qr",
            "entrance_id": self.id,
            "company_id": self.company_id.id,
            "user_id": user.id,
            "team_id": (self.team_id or user.sale_team_id).id,
            "asked_at": now,
            "open_until": now + OPEN_FOR,
        }
        [answer] = study._create_inputs([vals])
        answer.lang_id = study._get_asked_in(lang) or answer.lang_id
        responses = self.env["crm.satisfaction.response"]
        return responses.create({**vals, "user_input_id": answer.id})

    def action_open_responses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_survey.crm_satisfaction_response_action"
        )
        domain = [("entrance_id", "=", self.id), ("state", "=", "answered")]
        return action | {"domain": domain, "context": {}}

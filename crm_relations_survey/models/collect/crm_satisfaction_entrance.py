import secrets
from datetime import timedelta
from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import ValidationError

TOKEN_BYTES = 12
OPEN_FOR = timedelta(days=1)


class CrmSatisfactionEntrance(models.Model):
    """A code on the counter: whoever reads it with the telephone answers a study
    without a name. Of the answer is known for which branch, team or salesperson the
    code hangs there."""

    _name = "crm.satisfaction.entrance"
    _description = "Code of a satisfaction study"
    _inherit = ["crm.colleague.mixin"]
    _order = "company_id, study_id, sequence, id"

    name = fields.Char(
        required=True,
        translate=True,
        help="Headline of the page: the company or the branch as customers know it.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="The link of an archived code leads nowhere."
    )
    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('survey_id', '!=', False), ('kind', '!=', 'check')]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
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
    welcome = fields.Text(translate=True, help="Stands above the button, as text.")
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._default_token(),
        groups="crm_relations_survey.group_satisfaction_specialist",
    )
    url = fields.Char(string="Link", compute="_compute_url")
    qr_url = fields.Char(compute="_compute_url", export_string_translation=False)
    most_per_hour = fields.Integer(
        string="Answers an Hour",
        default=200,
        help="More in one hour, from whomever, are asked to come back later.",
    )
    most_per_source = fields.Integer(
        string="Answers an Hour from One Place",
        default=20,
        help="More in one hour from the same connection are asked to come back later. "
        "A branch with guests on its own network needs more.",
    )
    response_count = fields.Integer(string="Answers", compute="_compute_response_count")

    _token_uniq = models.UniqueIndex("(token)")
    _limits_positive = models.Constraint(
        "CHECK (most_per_hour > 0 AND most_per_source > 0)",
        "At least one answer an hour has to be possible: archive the code instead.",
    )

    def _default_token(self):
        return secrets.token_urlsafe(TOKEN_BYTES)

    @api.depends("token")
    def _compute_url(self):
        base = self.get_base_url()
        for entrance in self:
            # Superuser: whoever reads the code may hand out its link.
            entrance.url = f"{base}/satisfaction/{entrance.sudo().token}"
            code = quote(entrance.url, safe="")
            entrance.qr_url = f"/report/barcode/QR/{code}?width=300&height=300"

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
        """Return the entrance behind a link, none if there is none any more."""
        if not isinstance(token, str) or not token.isascii() or "\0" in token:
            return self.browse()
        found = self.search([("token", "=", token)])
        return found.filtered(lambda entrance: entrance.study_id._can_ask())

    def _let_in(self, lang=None):
        """Return a new open response of nobody, as superuser."""
        self.ensure_one()
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
        language = lang and self.env["res.lang"]._lang_get(lang)
        if language:
            answer.lang_id = language
        responses = self.env["crm.satisfaction.response"]
        return responses.create({**vals, "user_input_id": answer.id})

    def action_renew(self):
        """Give it another link: the old one, and its printed code, lead nowhere from
        now on."""
        self.check_access("write")
        for entrance in self:
            # Superuser: the key is read-only, it is only ever drawn.
            entrance.sudo().token = self._default_token()

    def action_open_page(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def action_open_responses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_survey.crm_satisfaction_response_action"
        )
        domain = [("entrance_id", "=", self.id), ("state", "=", "answered")]
        return action | {"domain": domain, "context": {}}

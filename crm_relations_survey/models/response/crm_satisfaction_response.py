from odoo import api, fields, models

from odoo.addons.crm_relations.tools.sentences import join_words

STATES = [
    ("open", "Asked"),
    ("answered", "Answered"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
]
CHANNELS = [
    ("callback", "Callback"),
    ("face", "Face to Face"),
    ("link", "Link"),
    ("email", "E-mail"),
    ("sms", "Text Message"),
    ("qr", "QR Code"),
    ("check", "Check"),
]


class CrmSatisfactionResponse(models.Model):
    """One survey of one customer: asked, answered, or left unanswered.

    It knows whose work is judged (salesperson, team, company) and what it is about.
    What follows from the answers is written by the machine only.
    """

    _name = "crm.satisfaction.response"
    _description = "Answer to a satisfaction study"
    _inherit = ["crm.answer.mixin"]
    _order = "answered_at desc, asked_at desc, id desc"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    user_input_id = fields.Many2one(
        comodel_name="survey.user_input",
        string="Survey",
        readonly=True,
        ondelete="set null",
        copy=False,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the answer is anonymous.",
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
        help="Whose work the customer judges.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    followup_id = fields.Many2one(
        comodel_name="crm.followup",
        string="Visit",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    channel = fields.Selection(selection=CHANNELS, required=True, readonly=True)
    occasion = fields.Char(readonly=True, export_string_translation=False)
    asked_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
    )
    asked_at = fields.Datetime(
        string="Asked On", required=True, readonly=True, default=fields.Datetime.now
    )
    open_until = fields.Datetime(readonly=True)
    answered_at = fields.Datetime(string="Answered On", readonly=True)
    answered_on = fields.Date(string="Day of the Answer", readonly=True)
    points = fields.Float(
        readonly=True,
        aggregator=None,  # of those judged only: see the reports
        help="The index of this answer, of 100.",
    )
    has_points = fields.Boolean(string="Judged", readonly=True)
    nps = fields.Integer(string="Recommendation", readonly=True, aggregator=None)
    has_nps = fields.Boolean(readonly=True)
    csat = fields.Float(
        string="Overall Satisfaction",
        digits=(4, 1),
        readonly=True,
        aggregator=None,  # of those judged only: see the reports
    )
    has_csat = fields.Boolean(readonly=True)
    comment = fields.Text(string="Remark", readonly=True)
    is_low = fields.Boolean(
        string="Low", readonly=True, help="Below a limit of the study."
    )
    score_ids = fields.One2many(
        comodel_name="crm.satisfaction.score",
        inverse_name="response_id",
        string="Scores",
        readonly=True,
    )

    _user_input_uniq = models.UniqueIndex(
        "(user_input_id)", "These answers are known already."
    )
    _open_uniq = models.UniqueIndex(
        "(study_id, partner_id, occasion) WHERE state = 'open'",
        "The customer is being asked about this already.",
    )
    # What came in lately, of a study and of a customer.
    _answered_idx = models.Index("(study_id, answered_on) WHERE state = 'answered'")
    _partner_idx = models.Index("(partner_id, answered_at)")
    _due_idx = models.Index("(open_until) WHERE state = 'open'")

    @api.depends("study_id", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for response in self:
            # Superuser: the name of the study is no secret to who reads its answers.
            parts = (response.sudo().study_id.name, response.partner_id.display_name)
            response.display_name = join_words(self.env, parts)

    def _answered(self):
        """Hook: these have just been answered, as superuser. Rooms extend it,
        ``super()`` first."""

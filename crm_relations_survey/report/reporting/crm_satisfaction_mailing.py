from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.sentences import join_words

from ...tools.mailing_periods import DAY, MONTH, WEEK, get_last_span, get_next_day

PERIODS = [(DAY, "Every Day"), (WEEK, "Every Week"), (MONTH, "Every Month")]


class CrmSatisfactionMailing(models.Model):
    """Who gets the figures of a study by mail, and how often.

    It leaves on ``next_date`` and is about the whole day, week or month that has ended
    before: what came in yesterday, last week, last month.
    """

    _name = "crm.satisfaction.mailing"
    _description = "Report of satisfaction by mail"
    _inherit = ["crm.colleague.mixin"]
    _order = "study_id, period, id"
    _rec_name = "study_id"

    active = fields.Boolean(default=True)
    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="Whose answers the report is about.",
    )
    period = fields.Selection(
        selection=PERIODS,
        string="Leaves",
        required=True,
        default=WEEK,
        help="Every day: what came in yesterday, and what was low. Every week or "
        "month: all figures, with a PDF.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        index=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="The report shows what this person may read.",
    )
    group_ids = fields.Many2many(
        comodel_name="res.groups",
        relation="crm_satisfaction_mailing_group_rel",
        column1="mailing_id",
        column2="group_id",
        string="Roles",
        help="Everybody of the company who has one of these roles gets the report.",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_satisfaction_mailing_user_rel",
        column1="mailing_id",
        column2="user_id",
        string="People",
        domain="[('share', '=', False)]",
        help="They get it as well, each in the own language.",
    )
    next_date = fields.Date(
        string="Next Report",
        required=True,
        index=True,
        compute="_compute_next_date",
        store=True,
        readonly=False,
        precompute=True,
    )
    edition_ids = fields.One2many(
        comodel_name="crm.satisfaction.edition",
        inverse_name="mailing_id",
        string="Sent",
    )

    @api.depends("period", "company_id")
    def _compute_next_date(self):
        for mailing in self:
            today = mailing.company_id._get_relations_today()
            mailing.next_date = get_next_day(mailing.period or WEEK, today)

    @api.depends("study_id", "period")
    @api.depends_context("lang")
    def _compute_display_name(self):
        periods = dict(self._fields["period"]._description_selection(self.env))
        for mailing in self:
            parts = (mailing.study_id.name, periods.get(mailing.period))
            mailing.display_name = join_words(self.env, parts)

    @api.constrains("group_ids", "user_ids")
    def _check_recipients(self):
        for mailing in self:
            if not mailing.group_ids and not mailing.user_ids:
                raise ValidationError(
                    self.env._("Choose who gets the report: roles or people.")
                )

    def _get_recipients(self):
        """Return the people who get this report now: with an address, in its company,
        not archived."""
        self.ensure_one()
        chosen = Domain("id", "in", self.user_ids.ids)
        if self.group_ids:
            chosen |= Domain("all_group_ids", "in", self.group_ids.ids)
        # Superuser: people are found by their role, whoever runs the study.
        users = self.env["res.users"].sudo()
        return users.search(
            chosen
            & Domain("share", "=", False)
            & Domain("company_ids", "in", self.company_id.ids)
            & Domain("email", "not in", (False, "")),
            order="id",
        )

    def _get_spans(self, day):
        """Return what a report that leaves on ``day`` is about, and the time before."""
        return tuple(get_last_span(self.period, day, back) for back in (0, 1))

    def action_send_now(self):
        """Send the report of the last whole period now, if it has not left yet."""
        self.ensure_one()
        self.check_access("write")
        edition = self._send(self.company_id._get_relations_today())
        return edition._open() if edition else self._tell_sent()

    def _tell_sent(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The report of this period has been sent, or nobody can get it."
                ),
            },
        }

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.qr_code import draw_qr


class CrmSatisfactionResponse(models.Model):
    """The way to the survey: its link, and how it is handed over."""

    _inherit = "crm.satisfaction.response"

    entrance_id = fields.Many2one(
        comodel_name="crm.satisfaction.entrance",
        string="Code",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    url = fields.Char(
        string="Link",
        compute="_compute_url",
        help="Whoever has it can answer in the customer's name: hand it to the "
        "customer only.",
    )
    qr_url = fields.Char(string="Code to Scan", compute="_compute_qr_url")

    @api.depends("user_input_id", "state")
    @api.depends_context("uid")
    def _compute_url(self):
        for response in self:
            response.url = response._may_hand_over() and response._get_url()

    @api.depends("url")
    @api.depends_context("uid")
    def _compute_qr_url(self):
        for response in self:
            response.qr_url = response.url and draw_qr(response.url)

    def _get_url(self):
        """Return the key to the survey."""
        self.ensure_one()
        # Superuser: surveys are not read by those who ask.
        answer = self.sudo().user_input_id
        if not answer or self.state != "open":
            return False
        return f"{self.get_base_url()}{answer.get_start_url()}"

    def _may_hand_over(self):
        """Return whether the caller may give the customer the key: who has asked, and
        who runs studies. Whose work is judged shall not answer for the customer."""
        if self.env.su:
            return True
        runs = self.env.user.has_group(
            "crm_relations_survey.group_satisfaction_specialist"
        )
        return runs or self.asked_by_id == self.env.user

    def _check_may_hand_over(self):
        self.ensure_one()
        self.check_access("read")
        if not self._may_hand_over():
            raise AccessError(
                self.env._("Who has asked the customer hands the survey over.")
            )
        if self.state != "open":
            raise UserError(self.env._("This survey is not open any more."))

    def action_cancel(self):
        """Take back what was asked: nobody answers it any more."""
        for response in self:
            response._check_may_hand_over()
        # Superuser: nobody types the state; the right has been checked.
        self.sudo()._end_asking("cancelled")

    def _end_asking(self, state):
        """End what is still open, as superuser; the link leads nowhere from now on."""
        opened = self.filtered(lambda response: response.state == "open")
        opened.write({"state": state})
        opened.user_input_id.deadline = fields.Datetime.now()

    def _finish_or(self, state):
        """End what is still open, as superuser: what was answered so far counts, what
        says nothing gets ``state``."""
        opened = self.filtered(lambda response: response.state == "open")
        told = opened.filtered(
            lambda one: one.user_input_id and one.user_input_id._has_said_anything()
        )
        for response in told:
            response.user_input_id._mark_done()
        (opened - told)._end_asking(state)

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def _forget_who(self):
        """Leave no trace of who has filled these in, who may have been logged in: Odoo
        writes down who wrote last when it writes, whoever let it."""
        self.env.flush_all()
        for records in filter(None, self._get_traces()):
            self.env.execute_query(
                SQL(
                    """
                    UPDATE %(table)s
                       SET create_uid = %(machine)s, write_uid = %(machine)s
                     WHERE id = ANY(%(ids)s) RETURNING id
                    """,
                    table=SQL.identifier(records._table),
                    machine=SUPERUSER_ID,
                    ids=records.ids,
                )
            )
            records.invalidate_recordset(["create_uid", "write_uid"])

    def _get_traces(self):
        """Return the records, as superuser, that came of these being filled in."""
        answers = self.user_input_id
        return [self, self.score_ids, answers, answers.user_input_line_ids]

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 90


class CrmServerAnswer(models.Model):
    """What a server action did with a customer, or why it did not; kept for a while."""

    _name = "crm.server.answer"
    _description = "Answer of a server action"
    _inherit = ["crm.customer.line.mixin"]
    _order = "answered_at desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    action_id = fields.Many2one(
        comodel_name="ir.actions.server",
        string="Server Action",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="With the Rights of",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    answered_at = fields.Datetime(string="When", required=True, readonly=True)
    is_done = fields.Boolean(string="Done", readonly=True)
    message = fields.Char(string="Answer", readonly=True)

    @api.model
    def _keep(self, action, user, answers):
        """Keep these answers of ``action``, which acted with the rights of ``user``;
        one statement. What does not exist any more is left out."""
        if not answers:
            return
        columns = [
            [answer["id"] for answer in answers],
            [answer["ok"] for answer in answers],
            [answer["message"] for answer in answers],
        ]
        self.env["res.partner"].flush_model(["company_id", "relation_company_id"])
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_server_answer (action_id, user_id, answered_at,
                       partner_id, company_id, is_done, message)
                SELECT %(action)s, %(user)s, %(now)s, partner.id, %(own_company)s,
                       answer.is_done, answer.message
                  FROM unnest(%(ids)s::int[], %(done)s::bool[], %(messages)s::text[])
                       WITH ORDINALITY AS answer (partner_id, is_done, message, place)
                  JOIN res_partner AS partner ON partner.id = answer.partner_id
              ORDER BY answer.place
             RETURNING id
                """,
                action=action.id,
                user=user.id,
                now=fields.Datetime.now(),
                own_company=self.env["res.partner"]._get_own_company_sql("partner"),
                ids=columns[0],
                done=columns[1],
                messages=columns[2],
            )
        )
        self.invalidate_model()

    @api.autovacuum
    def _gc_answers(self):
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.env.cr.execute(
            SQL("DELETE FROM crm_server_answer WHERE answered_at < %s", before)
        )

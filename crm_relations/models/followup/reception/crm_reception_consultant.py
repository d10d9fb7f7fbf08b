from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CrmReceptionConsultant(models.Model):
    """Who receives visitors, in turn: of those present the one whose last turn is
    longest ago."""

    _name = "crm.reception.consultant"
    _description = "Consultant at the reception"
    _inherit = ["crm.colleague.mixin"]
    _order = "last_turn_at, sequence, id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Consultant",
        required=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    present_on = fields.Date(readonly=True, copy=False)
    is_present = fields.Boolean(
        string="Present Today",
        compute="_compute_is_present",
        inverse="_inverse_is_present",
        help="Counts for today; everybody is absent again tomorrow.",
    )
    last_turn_at = fields.Datetime(string="Last Turn", readonly=True, copy=False)

    _user_uniq = models.Constraint(
        "UNIQUE(company_id, user_id)", "This consultant is on the list already."
    )

    @api.depends("present_on")
    def _compute_is_present(self):
        for consultant in self:
            today = consultant.company_id._get_relations_today()
            consultant.is_present = consultant.present_on == today

    def _inverse_is_present(self):
        for consultant in self:
            today = consultant.company_id._get_relations_today()
            consultant.present_on = consultant.is_present and today

    @api.model
    def _take_turn(self, company, preferred):
        """Return the user who receives the next visitor.

        :param preferred: the user who does if present: the customer is used to them
        :raise UserError: nobody is present
        """
        self.flush_model()
        # Waits for nobody: what another reception is giving out now is left to it.
        # Where there is nobody else, it waits after all: Odoo runs the request again
        # once the other one is through.
        rows = self.env.execute_query(
            self._get_turn_sql(company, preferred, SQL("SKIP LOCKED"))
        ) or self.env.execute_query(self._get_turn_sql(company, preferred, SQL()))
        if not rows:
            raise UserError(
                self.env._(
                    "No consultant is present. Choose one, or mark who is there "
                    "under Follow-up, Consultants Present."
                )
            )
        return self.env["res.users"].browse(rows[0][0])

    def _get_turn_sql(self, company, preferred, waiting):
        return SQL(
            """
            SELECT turn.user_id
              FROM crm_reception_consultant AS turn
              JOIN res_users AS person ON person.id = turn.user_id AND person.active
             WHERE turn.company_id = %(company)s AND turn.present_on = %(today)s
          ORDER BY turn.user_id = %(preferred)s DESC,
                   turn.last_turn_at NULLS FIRST, turn.sequence, turn.id
             LIMIT 1
               FOR UPDATE OF turn %(waiting)s
            """,
            company=company.id,
            today=company._get_relations_today(),
            preferred=preferred.id or 0,
            waiting=waiting,
        )

    @api.model
    def _count_turn(self, company, user):
        """Whoever receives a visitor, chosen or not, goes to the end of the line."""
        # Superuser: the front desk may not edit the list.
        turns = self.sudo().search(
            [("company_id", "=", company.id), ("user_id", "=", user.id)]
        )
        turns.last_turn_at = fields.Datetime.now()

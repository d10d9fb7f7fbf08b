from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...models.response.crm_satisfaction_response import CHANNELS
from ...models.study.crm_satisfaction_study import KINDS

SOURCES = [("internal", "Own Survey")]
PARTS_AT_MOST = 2


class CrmSatisfactionLineMixin(models.AbstractModel):
    """What figures can be divided by, wherever they come from."""

    _name = "crm.satisfaction.line.mixin"
    _description = "Line of figures of satisfaction"

    study_id = fields.Many2one(comodel_name="crm.satisfaction.study", readonly=True)
    kind = fields.Selection(selection=KINDS, string="Kind of Study", readonly=True)
    source = fields.Selection(selection=SOURCES, readonly=True)
    channel = fields.Selection(selection=CHANNELS, readonly=True)
    response_id = fields.Many2one(
        comodel_name="crm.satisfaction.response",
        string="Answer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Employee", readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    date = fields.Date(string="Answered On", readonly=True)
    minimum_count = fields.Integer(
        string="Answers Needed",
        readonly=True,
        aggregator="max",
        help="Fewer answers are too few to judge by.",
    )

    @property
    def _table_query(self):
        parts = SQL(" UNION ALL ").join(
            self._get_part_sql(number, columns, source)
            for number, (columns, source) in enumerate(self._get_parts())
        )
        return SQL("SELECT * FROM (%s) AS line", parts)

    def _get_parts(self):
        """Return the parts of the lines, ``[({field: SQL}, SQL from FROM on)]``;
        a field that a part leaves out is empty there."""
        return [(self._get_internal_columns(), self._get_answers())]

    def _get_answers(self):
        """Return the SQL from FROM on of our own answers: each report has its own."""
        raise NotImplementedError

    def _get_internal_columns(self):
        return {
            # A single answer to an anonymous study leads nowhere.
            "response_id": self._unless_anonymous("response", "id"),
            "partner_id": self._unless_anonymous("response", "partner_id"),
            "channel": self._unless_anonymous("response", "channel"),
            "kind": SQL("study.kind"),
            "minimum_count": SQL("study.minimum_count"),
            "source": SQL("'internal'"),
        }

    def _unless_anonymous(self, alias, name):
        return SQL(
            "CASE WHEN response.is_anonymous THEN NULL ELSE %s END",
            SQL.identifier(alias, name),
        )

    def _get_shown_sql(self):
        """Return the SQL condition of our own answers that figures show."""
        return SQL(
            "response.state = 'answered'"
            " AND (response.is_anonymous IS NOT TRUE OR response.shown_as IS NOT NULL)"
        )

    def _get_part_sql(self, number, columns, source):
        """Return the lines of one source; a column that it has not is empty."""
        values = [
            SQL("%s::bigint * %s + %s AS id", columns["id"], PARTS_AT_MOST, number)
        ]
        for name, field in self._fields.items():
            if field.store and name != "id":
                value = columns.get(name, SQL("NULL"))
                # Not numeric, which is several times slower to add up.
                kind = SQL("float8" if field.type == "float" else field.column_type[1])
                values.append(SQL("(%s)::%s AS %s", value, kind, SQL.identifier(name)))
        return SQL("SELECT %s %s", SQL(", ").join(values), source)

    def action_open_source(self):
        """Open what this line comes from."""
        self.ensure_one()
        record = self._get_source()
        if not record:
            raise UserError(
                self.env._(
                    "This is one of several anonymous answers, which are shown "
                    "together only."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _get_source(self):
        return self.response_id

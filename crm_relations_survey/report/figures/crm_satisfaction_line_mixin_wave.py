from odoo import fields, models
from odoo.tools import SQL

UNITS = [
    ("answer", "Answer"),
    ("whole", "All Together"),
    ("company", "Company"),
    ("team", "Team"),
    ("user", "Employee"),
]


class CrmSatisfactionLineMixin(models.AbstractModel):
    """What waves of others published stands beside our own answers."""

    _inherit = "crm.satisfaction.line.mixin"
    _depends = {
        "crm.satisfaction.wave": ["study_id", "company_id", "date_to"],
        "crm.satisfaction.wave.score": [
            *["wave_id", "unit_kind", "company_id", "team_id", "user_id"],
            *["factor_id", "points", "base", "weight"],
        ],
    }

    source = fields.Selection(selection_add=[("external", "External Wave")])
    unit_kind = fields.Selection(
        selection=UNITS,
        string="About",
        readonly=True,
        help="What a line is about: one answer of our own, or the unit for which a "
        "wave publishes a figure.",
    )
    wave_id = fields.Many2one(comodel_name="crm.satisfaction.wave", readonly=True)

    def _get_parts(self):
        return [
            *super()._get_parts(),
            (self._get_external_columns(), self._get_published()),
        ]

    def _get_published(self):
        """Return the SQL from FROM on of what waves published: each report its own."""
        raise NotImplementedError

    def _get_internal_columns(self):
        return super()._get_internal_columns() | {"unit_kind": SQL("'answer'")}

    def _get_external_columns(self):
        plain = ("id", "wave_id", "unit_kind", "team_id", "user_id")
        return {
            **{name: SQL.identifier("unit", name) for name in plain},
            "company_id": SQL("COALESCE(unit.company_id, wave.company_id)"),
            "study_id": SQL("wave.study_id"),
            "date": SQL("wave.date_to"),
            "kind": SQL("study.kind"),
            "minimum_count": SQL("study.minimum_count"),
            "source": SQL("'external'"),
        }

    def _get_source(self):
        return super()._get_source() or self.wave_id

from odoo import api, fields, models

FACTOR_USES = [
    ("factor", "Is the factor"),
    ("index", "Is the index"),
    ("new", "New factor"),
    ("skip", "Left out"),
]
UNIT_USES = [
    ("whole", "Is the whole"),
    ("company", "Is the company"),
    ("team", "Is the team"),
    ("user", "Is the salesperson"),
    ("skip", "Left out"),
]


class CrmSatisfactionWaveImportTerm(models.TransientModel):
    """What a name in the table means here: a factor, or who was scored."""

    _name = "crm.satisfaction.wave.import.term"
    _description = "Name in a table of scores"
    _order = "kind, is_known, id"

    import_id = fields.Many2one(
        comodel_name="crm.satisfaction.wave.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    study_id = fields.Many2one(related="import_id.study_id")
    kind = fields.Selection(
        selection=[("factor", "Factor"), ("unit", "Unit")],
        required=True,
        readonly=True,
        default="factor",
    )
    name = fields.Char(string="In the Table", readonly=True)
    row_number = fields.Integer(string="First Row", readonly=True)
    is_known = fields.Boolean(
        string="Found", readonly=True, help="Found here by its name."
    )
    factor_use = fields.Selection(selection=FACTOR_USES, string="Means")
    unit_use = fields.Selection(selection=UNIT_USES, string="Stands For")
    factor_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        index="btree_not_null",
        domain="[('study_id', '=', study_id)]",
        help="The name is remembered as another name of this factor.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        domain=lambda self: [("id", "in", self.env.companies.ids)],
    )
    team_id = fields.Many2one(comodel_name="crm.team", index="btree_not_null")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )

    @api.onchange("factor_id")
    def _onchange_factor_id(self):
        if self.factor_id:
            self.factor_use = "factor"

    @api.onchange("company_id", "team_id", "user_id")
    def _onchange_unit(self):
        for name in ("company", "team", "user"):
            if self[f"{name}_id"] and self[f"{name}_id"] != self._origin[f"{name}_id"]:
                self.unit_use = name

    def _get_problem(self):
        """Return what is still to be said of the name, "" if nothing is."""
        if self.kind == "factor":
            if not self.factor_use:
                return self.env._("No factor of the study is called this.")
            if self.factor_use == "factor" and not self.factor_id:
                return self.env._("Choose the factor that is meant.")
            return ""
        if not self.unit_use:
            return self.env._(
                "No company, team or salesperson is called this, or several are."
            )
        if self.unit_use in ("company", "team", "user"):
            if not self[f"{self.unit_use}_id"]:
                return self.env._("Choose who was scored.")
        return ""

    def _get_meaning(self):
        """Return what the name stands for; equal names of one thing give the same."""
        if self.kind == "factor":
            use = self.factor_use
            ids = {"factor": self.factor_id.id, "new": f"new {self.id}"}
            return (use, ids.get(use))
        use = self.unit_use
        return (use, self[f"{use}_id"].id if use in ("company", "team", "user") else 0)

    def _take_factor(self, study, weight):
        """Make the factor that this name stands for, or let it remember the name;
        return its id, None of the index."""
        if self.factor_use == "new":
            self.factor_id = self.factor_id.create(
                {"study_id": study.id, "name": self.name, "weight": weight}
            )
        elif self.factor_use == "factor" and not self.is_known:
            self.factor_id._remember(self.name)
        return None if self.factor_use == "index" else self.factor_id.id

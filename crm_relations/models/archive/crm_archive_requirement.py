from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache

SECTIONS = [
    ("basic", "Basic data"),
    ("characteristics", "Characteristics"),
    ("business", "Business status"),
    ("transaction", "Transaction status"),
]
# What the completeness of an archive is made of; other rooms ask for more sections.
ARCHIVE = tuple(section for section, _label in SECTIONS)
# Models whose fields count: all lines of a customer hold something there, and there is
# at least one.
LINES = {"crm.customer.competitor": "partner_id"}
# A field of these types is never empty, or nobody fills it in.
UNCOUNTABLE_TYPES = ("boolean", "json", "binary", "properties", "reference")
# What a keyboard makes blank, a Chinese one too (U+3000).
BLANKS = " \t\n\r\f\v\u00a0\u2002\u2003\u200b\u3000"


class CrmArchiveRequirement(models.Model):
    """One field that counts towards the completeness of an archive."""

    _name = "crm.archive.requirement"
    _description = "Field that an archive needs"
    _order = "section, sequence, id"

    field_id = fields.Many2one(
        comodel_name="ir.model.fields",
        required=True,
        ondelete="cascade",
        domain=[
            ("model", "in", ("res.partner", *LINES)),
            ("store", "=", True),
            ("ttype", "not in", UNCOUNTABLE_TYPES),
        ],
        help="The field of the customer that should be filled in. One of its "
        "competitors: in each of them, and at least one should be known.",
    )
    section = fields.Selection(selection=SECTIONS, required=True, default="basic")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    weight = fields.Integer(
        default=1,
        required=True,
        help="How much this field counts, compared with the others of its section.",
    )
    nature_ids = fields.Many2many(
        comodel_name="crm.customer.nature",
        ondelete="restrict",
        context={"active_test": False},
        string="Natures",
        help="Counts only for customers of these natures. Empty: for all.",
    )

    _field_uniq = models.UniqueIndex(
        "(field_id) WHERE active IS TRUE",
        "This field counts already.",
    )
    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "The weight is at least 1."
    )

    @api.constrains("field_id")
    def _check_field_id(self):
        for requirement in self:
            # Superuser: only administrators read ir.model.fields.
            field = requirement.sudo().field_id
            countable = field.store and field.model in ("res.partner", *LINES)
            if not countable or field.ttype in UNCOUNTABLE_TYPES:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” cannot count: choose a stored field of customers "
                        "that people fill in.",
                        field=field.field_description,
                    )
                )

    @api.depends("field_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for requirement in self:
            # Superuser: only administrators read ir.model.fields; a label is no secret.
            field = requirement.sudo().field_id
            is_owner = field.name == "user_id"  # Odoo has another word for it
            label = self.env._("Salesperson") if is_owner else field.field_description
            if field.model in LINES:
                label = self.env._(
                    "%(line)s: %(field)s",
                    line=self.env[field.model]._get_kept_title(),
                    field=label,
                )
            requirement.display_name = label or ""

    @api.model_create_multi
    def create(self, vals_list):
        requirements = super().create(vals_list)
        self._requirements_changed()
        return requirements

    def write(self, vals):
        result = super().write(vals)
        self._requirements_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._requirements_changed()
        return result

    def _requirements_changed(self):
        """Have all archives judged anew, soon and outside this transaction."""
        self.env.registry.clear_cache()
        cron = self.env.ref(
            "crm_relations.ir_cron_archive_completeness", raise_if_not_found=False
        )
        if cron:  # not there yet while the module is being installed
            # Superuser: who changes requirements need not manage jobs.
            cron.sudo()._trigger()

    @api.model
    @ormcache()
    def _get_requirement_specs(self):
        """Return what ``_prepare_spec`` makes of each requirement in force."""
        # Superuser: what is required is the same for every reader.
        requirements = self.sudo().with_context(active_test=True)
        requirements = requirements.search([])  # pylint: disable=no-search-all
        return [
            requirement._prepare_spec()
            for requirement in requirements
            if requirement.field_id.name in self.env[requirement.field_id.model]._fields
        ]

    def _prepare_spec(self):
        """Return what is needed to judge an archive by this requirement."""
        self.ensure_one()
        return {
            "id": self.id,
            "section": self.section,
            "model": self.field_id.model,
            "field": self.field_id.name,
            "weight": self.weight,
            "natures": self.nature_ids.ids,
        }

    @api.model
    def _get_completeness_sql(self, partners, sections=ARCHIVE):
        """Return a SELECT of id, one rate a section, rate, missing.

        ``partners`` is a Query on res.partner. Rates are whole percents, 100 for a
        section in which nothing is asked; ``missing`` is an array of requirement
        ids. The one implementation behind the form, the lists and the job.

        :param sections: which sections are judged, the archive's four by default
        """
        terms = [
            self._get_term(partners, spec)
            for spec in self._get_requirement_specs()
            if spec["section"] in sections
        ]
        rates = [
            SQL(
                "%s AS %s",
                self._get_rate_sql(
                    [term for term in terms if term["section"] == section]
                ),
                SQL.identifier(section),
            )
            for section in sections
        ]
        missing = SQL(", ").join(
            SQL(
                "CASE WHEN %s AND NOT %s THEN %s END",
                term["applies"],
                term["filled"],
                term["id"],
            )
            for term in terms
        )
        return partners.select(
            SQL.identifier(partners.table, "id"),
            *rates,
            SQL("%s AS rate", self._get_rate_sql(terms)),
            SQL("array_remove(ARRAY[%s]::int[], NULL) AS missing", missing),
        )

    def _get_term(self, partners, spec):
        return {
            **spec,
            "applies": self._get_applies_sql(partners, spec),
            "filled": self._get_lines_filled_sql(partners, spec)
            if spec["model"] in LINES
            else self._get_filled_sql(partners, spec["field"]),
        }

    def _get_applies_sql(self, partners, spec):
        """Return the SQL condition that a customer is asked for the field."""
        if not spec["natures"]:
            return SQL("TRUE")
        nature = SQL.identifier(partners.table, "nature_id")
        return SQL("(%s IN %s)", nature, tuple(spec["natures"]))

    def _get_lines_filled_sql(self, partners, spec):
        """Return the SQL condition that each line of the customer holds something in
        this field, and that there is a line."""
        lines = self.env[spec["model"]]
        lines.flush_model()
        return SQL(
            "COALESCE((SELECT bool_and(%s) FROM %s AS line WHERE line.%s = %s), FALSE)",
            self._get_column_filled_sql("line", lines._fields[spec["field"]]),
            SQL.identifier(lines._table),
            SQL.identifier(LINES[spec["model"]]),
            SQL.identifier(partners.table, "id"),
        )

    def _get_filled_sql(self, partners, name):
        """Return the SQL condition that a field of the customer holds something."""
        # Superuser: whether a field is filled counts, also where the reader may not see
        # it.
        model = self.env["res.partner"].sudo()
        field = model._fields[name]
        if field.type == "one2many":
            lines = self.env[field.comodel_name]
            return SQL(
                "EXISTS (SELECT FROM %s AS line WHERE line.%s = %s)",
                SQL.identifier(lines._table),
                SQL.identifier(field.inverse_name),
                SQL.identifier(partners.table, "id"),
            )
        if field.type == "many2many":
            filled = model._search([(name, "!=", False)], active_test=False)
            customer = SQL.identifier(partners.table, "id")
            return SQL("(%s IN (%s))", customer, filled.select())
        return self._get_column_filled_sql(partners.table, field)

    def _get_column_filled_sql(self, table, field):
        column = SQL.identifier(table, field.name)
        if field.type in ("integer", "float", "monetary"):
            return SQL("(COALESCE(%s, 0) <> 0)", column)
        if field.type in ("char", "text") and not field.translate:
            # Nothing but blanks, those of a Chinese keyboard too, tells nothing.
            return SQL("(btrim(COALESCE(%s, ''), %s) <> '')", column, BLANKS)
        return SQL("(COALESCE(%s::text, '') <> '')", column)

    def _get_rate_sql(self, terms):
        if not terms:
            return SQL("100")
        asked = SQL(" + ").join(
            SQL("CASE WHEN %s THEN %s ELSE 0 END", term["applies"], term["weight"])
            for term in terms
        )
        there = SQL(" + ").join(
            SQL(
                "CASE WHEN %s AND %s THEN %s ELSE 0 END",
                term["applies"],
                term["filled"],
                term["weight"],
            )
            for term in terms
        )
        return SQL("COALESCE(floor(100.0 * (%s) / NULLIF(%s, 0)), 100)", there, asked)

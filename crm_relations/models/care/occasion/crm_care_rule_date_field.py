from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.typed_domains import parse_domain

MOST_LINKS = 4
# Behind these stand we ourselves, never a customer.
OURS = ("res.company", "res.users")


class CrmCareRule(models.Model):
    """Before or after any date of any model that leads to a customer."""

    _inherit = "crm.care.rule"

    trigger = fields.Selection(
        selection_add=[("date_field", "A date of any record")],
        ondelete={"date_field": "cascade"},
    )
    model_id = fields.Many2one(
        comodel_name="ir.model",
        string="Record",
        ondelete="cascade",
        domain="[('transient', '=', False), ('abstract', '=', False)]",
        help="On what the date stands: a subscription, a repair, a task, …",
    )
    field_id = fields.Many2one(
        comodel_name="ir.model.fields",
        string="Date",
        ondelete="cascade",
        domain="[('model_id', '=', model_id), ('store', '=', True), "
        "('ttype', 'in', ('date', 'datetime'))]",
        help="The care is due before or after this date.",
    )
    partner_path = fields.Char(
        string="Way to the Customer",
        compute="_compute_partner_path",
        store=True,
        readonly=False,
        help="The fields that lead from the record to its customer or contact, e.g. "
        "partner_id or order_id.partner_id. Found for you where the record has one.",
    )
    source_domain = fields.Char(
        string="Which Records",
        default="[]",
        help="Only events on records that meet these conditions.",
    )
    source_model = fields.Char(compute="_compute_source_model")

    @api.depends("model_id")
    def _compute_partner_path(self):
        for rule in self:
            rule.partner_path = rule._find_partner_path()

    @api.depends("trigger", "model_id")
    def _compute_source_model(self):
        for rule in self:
            if rule.trigger == "date_field":
                # Superuser: models are read by administrators only.
                rule.source_model = rule.model_id.sudo().model
            else:
                rule.source_model = rule._get_source_model()

    @api.constrains("trigger", "model_id", "field_id", "partner_path")
    def _check_date_field(self):
        for rule in self.filtered(lambda rule: rule.trigger == "date_field"):
            problem = rule._get_date_field_problem()
            if problem:
                raise ValidationError(problem)

    @api.constrains("trigger", "source_domain", "model_id")
    def _check_source_domain(self):
        for rule in self:
            source = rule._get_event_source()
            if source and source["model"] in self.env:
                rule._parse_source_domain(source["model"])

    def _get_event_sources(self):
        # Superuser: names of models and fields; who sees the rule may know them.
        rule = self.sudo()
        return {
            **super()._get_event_sources(),
            "date_field": {
                "model": rule.model_id.model,
                "date": rule.field_id.name,
                "path": rule.partner_path,
                "domain": [],
                "renews": True,
            },
        }

    def _get_event_source(self):
        source = super()._get_event_source()
        return source if source and source["model"] else None

    def _get_event_domain(self, source):
        return super()._get_event_domain(source) & self._parse_source_domain(
            source["model"]
        )

    def _parse_source_domain(self, model):
        """Return the conditions on the records as a Domain, checked against them.

        :raise ValidationError: they do not parse or name no field of the record
        """
        try:
            return parse_domain(self.source_domain, self.env[model])
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "Which records “%(rule)s” means cannot be read: %(error)s",
                    rule=self.name,
                    error=error,
                )
            ) from error

    def _get_date_field_problem(self):
        """Return what is wrong with record, date or way, "" when nothing is."""
        # Superuser: models and fields are read by administrators only.
        rule = self.sudo()
        model = rule._get_table_of_date()
        if model is None:
            return self.env._("Choose the record on which the date stands.")
        field = model._fields.get(rule.field_id.name or "")
        if not _is_stored_date(field):
            return self.env._(
                "Choose a stored date of “%(model)s”.", model=rule.model_id.name
            )
        if not self._leads_to_partner(model, self.partner_path):
            return self.env._(
                "No way leads from “%(model)s” to a customer: “%(path)s” does not end "
                "at a contact. Enter the fields to follow, e.g. order_id.partner_id, "
                "or choose another record.",
                model=rule.model_id.name,
                path=self.partner_path or "",
            )
        return ""

    def _get_table_of_date(self):
        """Return the model on which the date stands, None where it is none."""
        name = self.model_id.model
        known = name and name in self.env and self.env[name]._auto
        return self.env[name] if known else None

    def _leads_to_partner(self, model, path):
        if model._name == "res.partner" and path == "id":
            return True
        names = path.split(".") if path else []
        if not 0 < len(names) <= MOST_LINKS:
            return False
        for name in names:
            field = model._fields.get(name)
            if not _is_link(field) or field.comodel_name in OURS:
                return False
            model = self.env[field.comodel_name]
        return model._name == "res.partner"

    def _find_partner_path(self):
        """Return the shortest known way to a customer, False if there is none."""
        # Superuser: as above.
        name = self.sudo().model_id.model
        if not name or name not in self.env:
            return False
        model = self.env[name]
        if name == "res.partner":
            return "id"
        links = [field.name for field in model._fields.values() if _is_link(field)]
        # The usual name first, then in the order in which Odoo has them.
        links.sort(key=lambda link: link != "partner_id")
        paths = [*links, *(f"{link}.partner_id" for link in links)]
        leading = (path for path in paths if self._leads_to_partner(model, path))
        return next(leading, False)


def _is_stored_date(field):
    return field is not None and field.store and field.type in ("date", "datetime")


def _is_link(field):
    """Return whether a field leads to one record, the same for all companies."""
    if field is None or field.type != "many2one":
        return False
    return field.store and not field.company_dependent

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.domain_words import tell_domain
from ...tools.typed_domains import parse_domain


class CrmRecordDateMixin(models.AbstractModel):
    """A rule that goes by a date of any model that leads to a customer: which record,
    which date, by which way, under which conditions.

    What inherits it says in ``_goes_by_record_date`` whether that is so.
    """

    _name = "crm.record.date.mixin"
    _description = "Goes by a date of a record"
    _inherit = ["crm.rule.sentence"]

    # The rule stays when an addon goes, and judges nobody.
    model_id = fields.Many2one(
        comodel_name="ir.model",
        string="Record",
        ondelete="set null",
        domain="[('transient', '=', False), ('abstract', '=', False)]",
        help="On what the date stands: a subscription, a repair, a task, …",
    )
    field_id = fields.Many2one(
        comodel_name="ir.model.fields",
        string="Date",
        ondelete="set null",
        domain="[('model_id', '=', model_id), ('store', '=', True), "
        "('ttype', 'in', ('date', 'datetime'))]",
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
        help="Only records that meet these conditions.",
    )
    source_model = fields.Char(compute="_compute_source_model")

    @api.depends("model_id")
    def _compute_partner_path(self):
        for rule in self:
            found = self.env["crm.customer.way"]._find(rule._get_record_name())
            rule.partner_path = found

    @api.depends("model_id")
    def _compute_source_model(self):
        for rule in self:
            rule.source_model = rule._get_record_name()

    def _get_record_name(self):
        # Superuser: models are read by administrators only.
        return self.sudo().model_id.model

    def _tell_field(self, name):
        """The way that was found says nothing; one that somebody typed does."""
        found = self.env["crm.customer.way"]._find(self._get_record_name())
        if name == "partner_path" and self.partner_path == found:
            return ""
        return super()._tell_field(name)

    def _tell_text(self, name, value):
        model = self._get_record_name()
        if name == "source_domain" and model in self.env:
            # Superuser: names in conditions, to who may read the rule.
            return tell_domain(self.env[model].sudo(), value)
        return super()._tell_text(name, value)

    def _goes_by_record_date(self):
        """Return whether this rule asks for the date of a record."""
        raise NotImplementedError

    def _check_record_date(self):
        """Refuse rules that go by a date which nobody can read.

        :raise ValidationError: says what is wrong with record, date or way
        """
        for rule in self.filtered(lambda rule: rule._goes_by_record_date()):
            if problem := rule._get_record_date_problem():
                raise ValidationError(problem)

    def _get_record_date_problem(self):
        """Return what is wrong with record, date or way, "" when nothing is."""
        # Superuser: models and fields are read by administrators only.
        rule = self.sudo()
        ways = self.env["crm.customer.way"]
        model = ways._get_model(rule.model_id.model)
        if model is None:
            return self.env._("Choose the record on which the date stands.")
        field = model._fields.get(rule.field_id.name or "")
        if not ways._is_stored_date(field):
            return self.env._(
                "Choose a stored date of “%(model)s”.", model=rule.model_id.name
            )
        if not ways._leads(model, self.partner_path):
            return self.env._(
                "No way leads from “%(model)s” to a customer: “%(path)s” does not end "
                "at a contact. Enter the fields to follow, e.g. order_id.partner_id, "
                "or choose another record.",
                model=rule.model_id.name,
                path=self.partner_path or "",
            )
        return ""

    def _read_source_domain(self, model):
        """Return the same; no record, if they cannot be read any more."""
        try:
            return self._parse_source_domain(model)
        except ValidationError:
            return Domain.FALSE

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

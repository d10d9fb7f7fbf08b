from odoo import api, fields, models


class CrmCareRule(models.Model):
    """Before or after any date of any model that leads to a customer."""

    _name = "crm.care.rule"
    _inherit = ["crm.care.rule", "crm.record.date.mixin"]

    trigger = fields.Selection(
        selection_add=[("date_field", "A date of any record")],
        ondelete={"date_field": "cascade"},
    )
    field_id = fields.Many2one(help="The care is due before or after this date.")
    source_domain = fields.Char(
        help="Only events on records that meet these conditions."
    )

    @api.depends("trigger", "model_id")
    def _compute_source_model(self):
        result = super()._compute_source_model()
        for rule in self.filtered(lambda rule: rule.trigger != "date_field"):
            rule.source_model = rule._get_source_model()
        return result

    @api.constrains("trigger", "model_id", "field_id", "partner_path")
    def _check_date_field(self):
        self._check_record_date()

    def _goes_by_record_date(self):
        return self.trigger == "date_field"

    @api.constrains("trigger", "source_domain", "model_id")
    def _check_source_domain(self):
        for rule in self:
            rule._check_readable()

    def _check_readable(self):
        result = super()._check_readable()
        source = self._get_event_source()
        if source and source["model"] in self.env:
            self._parse_source_domain(source["model"])
        return result

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
        is_whole = source and source["model"] and source["date"]
        return source if is_whole else None

    def _get_event_domain(self, source):
        return super()._get_event_domain(source) & self._read_source_domain(
            source["model"]
        )

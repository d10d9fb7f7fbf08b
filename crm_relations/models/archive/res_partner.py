from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.rating import RATING

LONG_TEXT = "crm_relations_archive"


class ResPartner(models.Model):
    """The customer archive in four sections.

    Long texts share a prefetch group of their own: opening a contact elsewhere
    in Odoo does not read them.
    """

    _inherit = "res.partner"

    # Basic data
    nature_id = fields.Many2one(
        comodel_name="crm.customer.nature",
        ondelete="restrict",
        help="Decides which data and documents the archive asks for.",
    )
    organisation_form = fields.Selection(
        selection=[
            ("sole", "Sole proprietorship"),
            ("partnership", "Partnership"),
            ("limited", "Limited company"),
            ("joint_stock", "Joint-stock company"),
            ("state_owned", "State-owned enterprise"),
            ("foreign", "Foreign-invested enterprise"),
            ("institution", "Public institution"),
            ("association", "Association"),
            ("other", "Other"),
        ],
        string="Organisational Form",
    )
    founded_on = fields.Date()
    relation_since = fields.Date(
        string="Dealing with Us Since",
        help="The day on which the relationship began. The age of the relationship "
        "counts from here.",
    )
    assets_amount = fields.Monetary(
        string="Assets", currency_field="relation_currency_id"
    )
    company_size = fields.Selection(
        selection=[
            ("micro", "1-9 people"),
            ("small", "10-49 people"),
            ("medium", "50-249 people"),
            ("large", "250-999 people"),
            ("huge", "1,000 people or more"),
        ],
        string="Size",
    )
    proprietor_id = fields.Many2one(
        comodel_name="res.partner",
        domain="[('commercial_partner_id', '=', id)]",
        help="Who owns the customer's business.",
        index="btree_not_null",
    )
    manager_person_id = fields.Many2one(
        comodel_name="res.partner",
        string="General Manager",
        domain="[('commercial_partner_id', '=', id)]",
        index="btree_not_null",
    )
    legal_representative_id = fields.Many2one(
        comodel_name="res.partner",
        domain="[('commercial_partner_id', '=', id)]",
        index="btree_not_null",
    )

    # Characteristics
    growth_potential = fields.Selection(
        selection=[
            ("1", "None"),
            ("2", "Low"),
            ("3", "Moderate"),
            ("4", "High"),
            ("5", "Very high"),
        ]
    )
    service_areas = fields.Text(prefetch=LONG_TEXT)
    sales_capacity = fields.Text(prefetch=LONG_TEXT)
    business_philosophy = fields.Text(prefetch=LONG_TEXT)
    business_direction = fields.Text(prefetch=LONG_TEXT)
    business_policy = fields.Text(prefetch=LONG_TEXT)
    business_scale = fields.Text(prefetch=LONG_TEXT)
    operating_features = fields.Text(prefetch=LONG_TEXT)

    # Business status
    manager_quality = fields.Selection(selection=RATING, string="Quality of Managers")
    staff_quality = fields.Selection(selection=RATING, string="Quality of Staff")
    relationship_rating = fields.Selection(
        selection=RATING, string="Relationship with Us"
    )
    cooperation_attitude = fields.Selection(selection=RATING)
    competitor_ids = fields.One2many(
        comodel_name="crm.customer.competitor",
        inverse_name="partner_id",
        string="Competitors",
    )

    # Transaction status
    transaction_problems = fields.Text(string="Problems", prefetch=LONG_TEXT)
    advantages_kept = fields.Text(prefetch=LONG_TEXT)
    countermeasures = fields.Text(prefetch=LONG_TEXT)
    company_image = fields.Selection(selection=RATING, string="Public Image")
    reputation = fields.Selection(selection=RATING)
    credit_standing = fields.Selection(
        selection=[
            ("excellent", "Excellent"),
            ("good", "Good"),
            ("fair", "Fair"),
            ("poor", "Poor"),
            ("blocked", "No credit"),
        ],
    )
    credit_incident_ids = fields.One2many(
        comodel_name="crm.credit.incident",
        inverse_name="partner_id",
        string="Credit Incidents",
    )
    trading_conditions = fields.Text(prefetch=LONG_TEXT)

    @api.constrains("founded_on", "relation_since")
    def _check_archive_dates(self):
        today = fields.Date.context_today(self)
        for partner in self:
            if partner.founded_on and partner.founded_on > today:
                raise ValidationError(
                    self.env._("The founding date lies in the future.")
                )
            if partner.relation_since and partner.relation_since > today:
                raise ValidationError(
                    self.env._("“Dealing with us since” lies in the future.")
                )

    @api.constrains("assets_amount")
    def _check_assets_amount(self):
        if any(partner.assets_amount < 0 for partner in self):
            raise ValidationError(self.env._("Assets cannot be negative."))

    def action_open_customer(self):
        """Open the customer archive from the contact form."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.commercial_partner_id.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("crm_relations.crm_customer_view_form").id, "form")
            ],
        }

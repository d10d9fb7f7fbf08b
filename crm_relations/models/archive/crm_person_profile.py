from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.id_numbers import is_plausible
from ...tools.rating import RATING


class CrmPersonProfile(models.Model):
    """What we know of a person: confidential, at most one a person.

    A model of its own, because record rules can close it while the contact stays
    readable for quotations and invoices.
    """

    _name = "crm.person.profile"
    _description = "Person profile"
    _inherit = ["mail.thread", "crm.birthday.mixin", "crm.archive.kept.mixin"]
    _order = "customer_id, influence desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_company', '=', False)]",
    )
    customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer",
        store=True,
        index=True,
    )
    owner_id = fields.Many2one(related="customer_id.user_id", string="Salesperson")
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index="btree_not_null"
    )
    birthday = fields.Char(compute="_compute_birthday")

    decision_role = fields.Selection(
        selection=[
            ("decider", "Decision maker"),
            ("influencer", "Influencer"),
            ("buyer", "Buyer"),
            ("user", "End user"),
            ("evaluator", "Technical evaluator"),
            ("gatekeeper", "Gatekeeper"),
        ],
        tracking=True,
    )
    influence = fields.Selection(
        selection=[
            ("1", "Very low"),
            ("2", "Low"),
            ("3", "Moderate"),
            ("4", "High"),
            ("5", "Very high"),
        ],
        help="How much this person's word counts at the customer.",
    )
    attitude = fields.Selection(
        selection=[
            ("opponent", "Opponent"),
            ("sceptic", "Sceptic"),
            ("neutral", "Neutral"),
            ("supporter", "Supporter"),
            ("promoter", "Promoter"),
        ],
        string="Attitude to Us",
        tracking=True,
    )
    relationship = fields.Selection(selection=RATING, string="Relationship with Us")
    preferred_channel = fields.Selection(
        selection=[
            ("phone", "Phone"),
            ("sms", "SMS"),
            ("email", "E-mail"),
            ("chat", "Chat"),
            ("visit", "Visit"),
        ]
    )
    preferred_time = fields.Char(help="When the person likes to be reached.")
    personality = fields.Text()
    interests = fields.Text()
    hobbies = fields.Text()
    education = fields.Text()
    career = fields.Text()
    abilities = fields.Text()
    taboos = fields.Text(help="What must not be said, offered or done.")
    family_member_ids = fields.One2many(
        comodel_name="crm.person.family.member",
        inverse_name="profile_id",
        string="Family",
    )
    id_country_id = fields.Many2one(
        comodel_name="res.country",
        string="ID Issued By",
        default=lambda self: self._default_id_country_id(),
    )
    id_number = fields.Char(string="ID Number", copy=False)

    _partner_uniq = models.Constraint(
        "UNIQUE(partner_id)", "This person has a profile already."
    )
    _birthday_idx = models.Index(
        "(birth_calendar, birth_month, birth_day) WHERE birth_day > 0"
    )

    def _default_id_country_id(self):
        return self.env.company.country_id

    @api.depends(
        "birth_calendar", "birth_year", "birth_month", "birth_day", "birth_leap_month"
    )
    @api.depends_context("lang")
    def _compute_birthday(self):
        for profile in self:
            valid = not profile._get_birthday_problem()
            profile.birthday = profile._format_birthday() if valid else ""

    @api.constrains("partner_id")
    def _check_partner_id(self):
        for profile in self:
            if profile.partner_id.is_company:
                raise ValidationError(
                    self.env._(
                        "%(name)s is a company: profiles are for persons.",
                        name=profile.partner_id.display_name,
                    )
                )

    @api.constrains("id_number", "id_country_id")
    def _check_id_number(self):
        for profile in self.filtered("id_number"):
            if not is_plausible(profile.id_number, profile.id_country_id.code):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is not a valid ID number of %(country)s.",
                        number=profile.id_number,
                        country=profile.id_country_id.name,
                    )
                )

    @api.model
    def _get_kept_title(self):
        return self.env._("Person Profile")

    @api.model
    def _is_kept_confidential(self):
        return True

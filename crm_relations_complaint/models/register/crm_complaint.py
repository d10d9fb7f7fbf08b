from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [
    ("new", "Registered"),
    ("handling", "In Hand"),
    ("solved", "Solved, to Be Confirmed"),
    ("closed", "Closed"),
    ("withdrawn", "Withdrawn"),
    ("merged", "Merged"),
]
OPEN = ("new", "handling", "solved")
CHANNELS = [
    ("phone", "Phone"),
    ("in_person", "In Person"),
    ("email", "E-mail"),
    ("portal", "Portal"),
    ("web", "Web Form"),
    ("letter", "Letter"),
    ("callback", "Callback"),
    ("survey", "Survey"),
    ("social", "Social Media"),
    ("authority", "Authority"),
    ("import", "Import"),
]
LEVELS = [("low", "Low"), ("medium", "Medium"), ("high", "High")]
SEVERITIES = [("1", "Minor"), ("2", "Normal"), ("3", "Serious"), ("4", "Critical")]
CRITICAL = "4"
CALLER = ("caller_name", "caller_phone", "caller_email")


class CrmComplaint(models.Model):
    """What a customer is not content with, from the first word to the confirmed
    solution.

    The person asked first stays answerable until somebody accepts it (first-asked
    responsibility). What happens is recorded as events, from which clocks follow;
    state, persons and dates are written by methods only.
    """

    _name = "crm.complaint"
    _description = "Complaint"
    # The rating brings the mail thread along; named before it, neither would load.
    _inherit = ["portal.mixin", "rating.mixin", "mail.activity.mixin"]
    _order = "registered_at desc, id desc"
    _rec_names_search = ["name", "subject", "reference"]
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, default="/"
    )
    subject = fields.Char(required=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Empty if it is not known who complains.",
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        string="Complainant",
        index="btree_not_null",
        ondelete="set null",
        domain="[('commercial_partner_id', '=', partner_id)]",
        help="The person at the customer's who complains.",
    )
    caller_name = fields.Char(
        string="Name of the Caller", help="Who complains, if it is no known customer."
    )
    caller_phone = fields.Char(string="Phone of the Caller", index="btree_not_null")
    caller_email = fields.Char(string="E-mail of the Caller", index="btree_not_null")
    channel = fields.Selection(
        selection=CHANNELS, string="Came By", required=True, default="phone"
    )
    reference = fields.Char(
        string="Reference of the Source",
        copy=False,
        index="btree_not_null",
        help="Its number at the authority, or where it was imported from.",
    )
    category_id = fields.Many2one(
        comodel_name="crm.complaint.category",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    cause_ids = fields.Many2many(
        comodel_name="crm.complaint.cause",
        string="Causes",
        copy=False,
        help="What the investigation has found; several may come together.",
    )
    facts = fields.Text(help="What happened, when, where, and what shows it.")
    demand = fields.Text(
        string="What the Customer Asks For",
        help="In the customer's own words; it decides whether the solution fits.",
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    lot = fields.Char(
        string="Lot or Serial Number", help="Or the vehicle's number plate or VIN."
    )
    lot_key = fields.Char(
        compute="_compute_lot_key",
        store=True,
        precompute=True,
        index="btree_not_null",
        export_string_translation=False,
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('partner_id', 'child_of', partner_id or [])]",
    )
    occurred_on = fields.Date()
    is_safety = fields.Boolean(
        string="Safety at Stake",
        compute="_compute_is_safety",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Somebody has come, or may come, to harm: critical whatever else.",
    )
    complexity = fields.Selection(
        selection=LEVELS,
        required=True,
        default="low",
        help="How many people and parts it takes to find out and to put right.",
    )
    impact = fields.Selection(
        selection=LEVELS,
        required=True,
        default="medium",
        help="How much it costs the customer, and how many customers it may concern.",
    )
    severity = fields.Selection(
        selection=SEVERITIES,
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="Follows from safety, impact and complexity; it may be set by hand.",
    )
    first_asked_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="The person asked first answers for it until somebody accepts it.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Answerable",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="new",
        tracking=True,
    )
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    registered_at = fields.Datetime(
        string="Registered On",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    closed_at = fields.Datetime(string="Closed On", readonly=True, copy=False)
    round = fields.Integer(
        readonly=True, copy=False, default=1, help="How often it was taken up."
    )
    plan = fields.Text(
        string="Plan of the Solution", copy=False, help="What the customer was told."
    )
    event_ids = fields.One2many(
        comodel_name="crm.complaint.event", inverse_name="complaint_id", readonly=True
    )
    handover_ids = fields.One2many(
        comodel_name="crm.complaint.handover",
        inverse_name="complaint_id",
        string="Hand-overs",
        readonly=True,
    )
    waiting_for_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked to Accept",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who was asked to take it over and has not answered yet.",
    )
    merged_into_id = fields.Many2one(
        comodel_name="crm.complaint",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_repeat = fields.Boolean(
        string="Repeated",
        readonly=True,
        copy=False,
        help="The same customer has complained of the same before.",
    )
    repeat_of_id = fields.Many2one(
        comodel_name="crm.complaint",
        string="Repeats",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _name_uniq = models.UniqueIndex(
        "(company_id, name)", "There is a complaint of this number already."
    )
    # The lists of what is open, and of a customer's, newest first.
    _open_idx = models.Index(
        "(company_id, registered_at) WHERE state IN ('new', 'handling', 'solved')"
    )
    _partner_idx = models.Index("(partner_id, registered_at)")

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for complaint in self:
            known = complaint.name not in (False, "/")
            parts = [complaint.name if known else "", complaint.subject or ""]
            complaint.display_name = " ".join(filter(None, parts))

    @api.depends("lot")
    def _compute_lot_key(self):
        """The same lot, however it was typed."""
        for complaint in self:
            typed = "".join((complaint.lot or "").split()).casefold()
            complaint.lot_key = typed or False

    @api.depends("category_id")
    def _compute_is_safety(self):
        for complaint in self:
            # Superuser: what the category says, whoever chooses it.
            category = complaint.sudo().category_id
            complaint.is_safety = complaint.is_safety or category.is_safety

    @api.depends("is_safety", "complexity", "impact")
    def _compute_severity(self):
        for complaint in self:
            complaint.severity = complaint._get_severity()

    def _get_severity(self):
        """Return the severity that follows: safety first (ISO 10002, 7.5), then what it
        means to the customer, one more if much has to come together."""
        if self.is_safety:
            return CRITICAL
        impact = ("low", "medium", "high").index(self.impact or "medium") + 1
        return str(min(impact + (self.complexity == "high"), 3))

    @api.depends("state")
    def _compute_is_open(self):
        for complaint in self:
            complaint.is_open = complaint.state in OPEN

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", OPEN)]

    @api.constrains("partner_id", "person_id")
    def _check_person_id(self):
        for complaint in self:
            # Superuser: whose contact it is, also of a customer of others.
            customer, person = (
                complaint.sudo().partner_id,
                complaint.sudo().person_id,
            )
            if customer.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._("Name a customer; its contact is the complainant.")
                )
            if person and person.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._("The complainant does not belong to the customer.")
                )

    @api.constrains("partner_id", *CALLER)
    def _check_caller(self):
        for complaint in self:
            known = (complaint.partner_id, *(complaint[name] for name in CALLER))
            if not any(known):
                raise ValidationError(
                    self.env._(
                        "Who complains? Give the customer, or a name, telephone "
                        "number or e-mail address."
                    )
                )

    @api.constrains("occurred_on")
    def _check_occurred_on(self):
        if any(
            one.occurred_on and one.occurred_on > self._get_latest_day(one.company_id)
            for one in self
        ):
            raise ValidationError(self.env._("It cannot have happened after today."))

    @api.model
    def _get_latest_day(self, company):
        """Return which day it is: for who says when it happened, and who may be a
        customer without a time zone, or by the clock of the company."""
        # Superuser: the clock of a company is no secret.
        today = company.sudo()._get_relations_today()
        return max(today, fields.Date.context_today(self))

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Take the customer, and whom was chosen as the person who complains."""
        chosen = self.partner_id
        customer = chosen.commercial_partner_id
        if chosen != customer:
            self.partner_id = customer
            self.person_id = chosen
        elif self.person_id.commercial_partner_id != customer:
            self.person_id = False

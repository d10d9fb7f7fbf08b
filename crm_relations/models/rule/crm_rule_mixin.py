from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_list, ormcache

from ...tools.sentences import join_sentences


class CrmRuleMixin(models.AbstractModel):
    """Who, past what, does what: the form that all rules on customers share.

    Three steps, each of them one query over the whole set. *Decide*
    (``_get_decision_sql``) selects customer, old, new, rule and facts. *Preview*
    shows exactly that and writes nothing. *Apply* writes what changed, with a
    ledger line each. Where several rules fit, the more specific one wins, then
    the lower sequence, then the older rule.
    """

    _name = "crm.rule.mixin"
    _description = "Rule on customers"
    _inherit = [
        *("crm.rule.preview", "crm.rule.sentence", "crm.colleague.mixin"),
        "crm.audience.mixin",
    ]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    team_ids = fields.Many2many(
        comodel_name="crm.team",
        ondelete="restrict",
        context={"active_test": False},
        string="Sales Teams",
        help="Only customers whose salesperson works in one of these teams.",
    )
    category_ids = fields.Many2many(
        comodel_name="res.partner.category",
        ondelete="restrict",
        context={"active_test": False},
        string="Tags",
        help="Only customers with at least one of these tags.",
    )
    start_date = fields.Date(
        default=lambda self: self._default_start_date(),
        copy=False,
        help="The rule acts from this day on. A new rule starts tomorrow, so that "
        "there is time to look at its preview.",
    )
    specificity = fields.Integer(
        compute="_compute_specificity",
        store=True,
        help="Number of conditions on the audience. The highest number wins.",
    )
    audience_count = fields.Integer(
        string="Customers", compute="_compute_audience_count"
    )

    def _default_start_date(self):
        """Return tomorrow, for who asks and for the company of the rule."""
        # Superuser: the clock of a company is no secret.
        company = self.company_id.sudo()
        company = company or self.env["res.company"]._get_relations_default()
        today = max(fields.Date.context_today(self), company._get_relations_today())
        return today + timedelta(days=1)

    @api.depends(lambda self: self._get_audience_fields())
    def _compute_specificity(self):
        for rule in self:
            names = [name for name in rule._get_audience_fields() if name != "domain"]
            try:
                conditions = len(list(rule._parse_domain().iter_conditions()))
            except ValidationError:  # refused by the constraint a moment later
                conditions = 0
            rule.specificity = conditions + sum(bool(rule[name]) for name in names)

    @api.depends(lambda self: self._get_audience_fields())
    def _compute_audience_count(self):
        partners = self.env["res.partner"]
        for rule in self:
            try:
                rule.audience_count = partners.search_count(rule._get_judged_audience())
            except ValidationError:
                rule.audience_count = 0

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env.registry.clear_cache()  # of ``_get_ids_in_force``, here and below
        return rules

    def write(self, vals):
        if {"active", "sequence"}.isdisjoint(vals):
            return super().write(vals)
        # Before as well: what is checked while writing asks for it, too.
        self.env.registry.clear_cache()
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def action_view_audience(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_action"
        )
        domain = list(self._get_judged_audience())
        return {**action, "domain": domain, "context": {}}

    def _get_audience_fields(self):
        """Return the names of the fields that narrow the audience."""
        return ["company_id", "domain", "team_ids", "category_ids"]

    def _get_audience_key(self):
        """Return what two rules on the same customers have in common."""
        self.ensure_one()
        return tuple(
            repr(self._read_domain()) if name == "domain" else self[name]
            for name in self._get_audience_fields()
        )

    def _get_audience(self):
        """Return the domain on res.partner of the customers this rule judges."""
        audience = super()._get_audience()
        if self.team_ids:
            audience &= Domain("user_id.sale_team_id", "in", self.team_ids.ids)
        if self.category_ids:
            audience &= Domain("category_id", "in", self.category_ids.ids)
        return audience

    def _get_audience_sql(self):
        """Return a SELECT of the ids of the customers this rule judges."""
        # Superuser: who is judged is a matter of the rule, not of its reader.
        partners = self.env["res.partner"].sudo().with_context(active_test=True)
        return partners._search(self._get_held_audience()).select()

    def _get_held_audience(self):
        """Return the domain of the customers whom no later rule takes: the audience.
        Of a rule that cannot be read any more, those who have what it gave them."""
        if self._is_readable():
            return self._get_audience()
        return Domain("is_managed_customer", "=", True) & self._get_left_alone()

    def _get_left_alone(self):
        """Hook: return the domain of those who keep what this rule gave them while its
        conditions cannot be read; nobody where other rules take over."""
        return Domain.FALSE

    @api.model
    def _get_in_force(self):
        """Return all active rules: tens of them, never as many as customers."""
        # Superuser: rules hold for all, whoever asks.
        return self.sudo().browse(self._get_ids_in_force())

    @api.model
    @ormcache()
    def _get_ids_in_force(self):
        # Asked whenever a customer's owner, tier or last contact changes.
        # Superuser: rules hold for all, whoever asks.
        rules = self.sudo().with_context(active_test=True)
        return tuple(rules.search([]).ids)  # pylint: disable=no-search-all

    def _get_started(self):
        """Return those of these rules that act today, in order of precedence.

        A rule begins with the day of its own company, whoever asks from wherever.
        """
        return self.filtered(lambda rule: rule._has_started())._sort_by_precedence()

    def _has_started(self):
        self.ensure_one()
        # Superuser: the clock of a company is no secret.
        company = (
            self.company_id.sudo() or self.env["res.company"]._get_relations_default()
        )
        return not self.start_date or self.start_date <= company._get_relations_today()

    def _sort_by_precedence(self):
        return self.sorted(
            lambda rule: (
                -bool(rule.company_id),
                -rule.specificity,
                rule.sequence,
                rule.id,
            )
        )

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"team_ids", "start_date"}

    @api.model
    def _get_domain_models(self):
        return super()._get_domain_models() | {"domain": "res.partner"}

    def _get_sentence_words(self):
        words = super()._get_sentence_words()
        if self.start_date:
            day = self.env.user._tell_day(self.start_date)
            words = [*words, self.env._("In force from %(day)s on.", day=day)]
        return words

    def _compute_sentence(self):
        result = super()._compute_sentence()
        for rule in self:
            try:
                rule._check_readable()
            except ValidationError as error:
                problem = self.env._("Judges nobody: %(problem)s", problem=error)
                kept = not rule._get_left_alone().is_false() and self.env._(
                    "Those whom it judged last keep what they have."
                )
                rule.sentence = join_sentences([problem, kept, rule.sentence])
        return result

    def _is_readable(self):
        try:
            self._check_readable()
        except ValidationError:
            return False
        return True

    def _check_readable(self):
        """Raise a ValidationError if conditions cannot be read."""
        self._parse_domain()

    def _get_audience_words(self):
        """Return whom the rule judges, as the beginning of a sentence."""
        self.ensure_one()
        if not self.team_ids:
            return self.env._("Customers")
        teams = format_list(self.env, self.team_ids.mapped("name"))
        return self.env._("Customers of the team %(teams)s", teams=teams)

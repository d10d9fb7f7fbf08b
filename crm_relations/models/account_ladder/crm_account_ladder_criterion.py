from odoo import api, fields, models

from ...tools.sentences import tell_number

# What is there or not: no figure is told.
FLAGS = ("in_rhythm", "plan", "favours")
# Counted in the last months, so many as the criterion says.
WINDOWED = ("contact_months", "visits", "reviews", "opportunities", "referrals")


class CrmAccountLadderCriterion(models.Model):
    """A piece of evidence that a step asks for: what is counted, in how many months,
    and how much of it is needed."""

    _name = "crm.account.ladder.criterion"
    _description = "Evidence that a step asks for"
    _order = "step_id, sequence, id"

    step_id = fields.Many2one(
        comodel_name="crm.account.ladder.step",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    evidence = fields.Selection(
        selection=[
            ("contact_months", "Stretches of 30 days with a contact"),
            ("in_rhythm", "Contacts keep their own rhythm"),
            ("visits", "Visits verified by position"),
            ("deciders", "Decision makers whose attitude is known"),
            ("supporters", "Decision makers who support us"),
            ("understanding", "Understanding in percent"),
            ("plan", "A plan is in force"),
            ("reviews", "Reviews of a plan held"),
            ("orders", "Orders of 12 months"),
            ("opportunities", "Opportunities with the customer"),
            ("favours", "No favour is owed"),
            ("stars", "Stars of the relationship"),
            ("referrals", "Referrals confirmed"),
        ],
        required=True,
        help="What is counted. Contacts keep their rhythm while the silence is no "
        "longer than one and a half times the usual distance between two of them, in "
        "the last 365 days, of at least three.",
    )
    compare = fields.Selection(
        selection=[("least", "At least"), ("most", "At most")],
        required=True,
        default="least",
    )
    needed = fields.Float(string="How Much", digits=(10, 2), default=1, required=True)
    is_flag = fields.Boolean(compute="_compute_kind")
    has_months = fields.Boolean(compute="_compute_kind")
    months = fields.Integer(
        string="In the Last Months",
        default=12,
        help="Only what happened in so many months counts, today included.",
    )
    advice = fields.Char(
        string="What to Do",
        translate=True,
        help="The next step to take where this is missing.",
    )

    _months_positive = models.Constraint(
        "CHECK(months BETWEEN 1 AND 120)", "Months are between 1 and 120."
    )
    _needed_positive = models.Constraint(
        "CHECK(needed >= 0)", "What is needed is not below zero."
    )

    @api.depends("evidence")
    def _compute_kind(self):
        flags, windowed = self._get_flags(), self._get_windowed()
        for one in self:
            one.is_flag = one.evidence in flags
            one.has_months = one.evidence in windowed

    @api.depends("evidence")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["evidence"]._description_selection(self.env))
        for one in self:
            one.display_name = labels.get(one.evidence, "")

    @api.model
    def _get_flags(self):
        """Hook: return the kinds of evidence that are there or not."""
        return FLAGS

    @api.model
    def _get_windowed(self):
        """Hook: return the kinds of evidence that are counted in the last months."""
        return WINDOWED

    def _get_limit(self):
        """Return how much is needed, and whether it is at most so much: of what is
        there or not, that it is there."""
        return (1, False) if self.is_flag else (self.needed, self.compare == "most")

    def _is_met(self, figure, needed, most):
        return figure <= needed if most else figure >= needed

    def _tell(self, figure, needed, most):
        """Return what is counted, and how much of it there is and should be."""
        if self.is_flag:
            return self.display_name
        if most:
            return self.env._(
                "%(what)s: %(figure)s, at most %(needed)s",
                what=self.display_name,
                figure=tell_number(figure),
                needed=tell_number(needed),
            )
        return self.env._(
            "%(what)s: %(figure)s of %(needed)s",
            what=self.display_name,
            figure=tell_number(figure),
            needed=tell_number(needed),
        )

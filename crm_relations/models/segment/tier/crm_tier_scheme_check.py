from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

LONGEST_MONTHS = 240
LONGEST_DAYS = 3650
# The column of a cut that decides, and the points that can be reached.
BORDERS = {
    "share": "share",
    "threshold": "at_least",
    "rfm": "points_from",
    "score": "points_from",
}
MOST_POINTS = {"rfm": 15, "score": 100}


class CrmTierScheme(models.Model):
    """What a scheme has to fulfil before it may decide."""

    _inherit = "crm.tier.scheme"

    @api.constrains("window_months")
    def _check_window_months(self):
        for scheme in self:
            if scheme.window_months < 1:
                raise ValidationError(
                    self.env._("The window is empty: it is at least one month long.")
                )
            if scheme.window_months > LONGEST_MONTHS:
                raise ValidationError(
                    self.env._(
                        "The window is at most %(months)s months long.",
                        months=LONGEST_MONTHS,
                    )
                )

    @api.constrains("minimum_population")
    def _check_minimum_population(self):
        if any(scheme.minimum_population < 0 for scheme in self):
            raise ValidationError(
                self.env._("The number of customers cannot be negative.")
            )

    @api.constrains("border_band_percent", "downgrade_after_months", "newcomer_days")
    def _check_stability(self):
        for scheme in self:
            if not 0 <= scheme.border_band_percent <= 50:
                raise ValidationError(
                    self.env._("The border band lies between 0 % and 50 %.")
                )
            if not 0 <= scheme.downgrade_after_months <= LONGEST_MONTHS:
                raise ValidationError(
                    self.env._(
                        "A downgrade waits between 0 and %(months)s months.",
                        months=LONGEST_MONTHS,
                    )
                )
            if not 0 <= scheme.newcomer_days <= LONGEST_DAYS:
                raise ValidationError(
                    self.env._(
                        "New customers are judged after 0 to %(days)s days.",
                        days=LONGEST_DAYS,
                    )
                )

    @api.constrains(
        *["cut_ids", "criterion_ids", "method", "measure", "minimum_population"],
        "active",
    )
    def _check_complete(self):
        for scheme in self.filtered("active"):
            problem = scheme._get_problem()
            if problem:
                raise ValidationError(problem)

    def _get_problem(self):
        """Return why this scheme cannot decide, "" when nothing keeps it from it."""
        self.ensure_one()
        return (
            self._get_reading_problem()
            or self._get_method_problem()
            or self._get_cut_problem()
            or self._get_criterion_problem()
        )

    def _get_reading_problem(self):
        try:
            self._check_readable()
        except ValidationError as error:
            return str(error)
        return ""

    def _get_method_problem(self):
        if self.method == "rfm" and self.measure == "orders":
            return self.env._(
                "RFM counts orders already: measure an amount of money with it."
            )
        return ""

    def _get_criterion_problem(self):
        if self.method != "score":
            return ""
        if not self.criterion_ids:
            return self.env._(
                "“%(scheme)s” has no criteria: what does the score consist of?",
                scheme=self.name,
            )
        total = sum(self.criterion_ids.mapped("weight"))
        if float_compare(total, 100, precision_digits=2):
            return self.env._(
                "The weights add up to %(total)s %%, not to 100 %%.",
                total=f"{total:.2f}".rstrip("0").rstrip("."),
            )
        return ""

    def _get_cut_problem(self):
        """Return what is wrong with the cuts, "" when nothing is."""
        self.ensure_one()
        cuts = self._sort_cuts()
        if not cuts:
            return self.env._("“%(scheme)s” has no cuts.", scheme=self.name)
        if len(cuts.tier_id) < len(cuts):
            return self.env._("Each tier stands in a scheme once.")
        archived = cuts.tier_id.filtered(lambda tier: not tier.active)
        if archived:
            return self.env._(
                "The tier %(tier)s is archived: nobody can be led to it.",
                tier=archived[0].name,
            )
        problem = self._get_border_problem(cuts, self.method)
        if not problem and self.minimum_population:
            problem = self._get_border_problem(cuts, "threshold")
        return problem

    def _sort_cuts(self):
        """Return the cuts, the best tier first."""
        return self.cut_ids.sorted(lambda cut: (cut.tier_id.sequence, cut.tier_id.id))

    def _get_border_problem(self, cuts, method):
        borders = cuts.mapped(BORDERS[method])
        if method == "share":
            return self._get_share_problem(borders)
        if method in MOST_POINTS and max(borders) > MOST_POINTS[method]:
            return self.env._(
                "Nobody reaches %(points)s: there are at most %(most)s points.",
                points=max(borders),
                most=MOST_POINTS[method],
            )
        return self._get_threshold_problem(borders)

    def _get_share_problem(self, shares):
        if min(shares) <= 0 or max(shares) > 100:
            return self.env._("Cuts lie above 0 % and do not exceed 100 %.")
        if any(high <= low for low, high in zip(shares, shares[1:], strict=False)):
            return self.env._(
                "Cuts rise from the best tier to the last: each is greater than the "
                "one before it."
            )
        return ""

    def _get_threshold_problem(self, thresholds):
        if min(thresholds) < 0:
            return self.env._("Thresholds cannot be negative.")
        if any(
            low >= high for high, low in zip(thresholds, thresholds[1:], strict=False)
        ):
            return self.env._(
                "Thresholds fall from the best tier to the last: each is smaller than "
                "the one before it."
            )
        return ""

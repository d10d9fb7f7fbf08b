from odoo import models
from odoo.tools import SQL

from ...tools.sentences import tell_number
from .crm_key_account_criterion import MONEY

JUDGED_SHARE = 20  # points for each of the 0 to 5 that people give


class CrmKeyAccountCriterion(models.Model):
    """A criterion as columns: its figure, and the points for it."""

    _inherit = "crm.key.account.criterion"

    def _get_column_sql(self):
        """Return the name of the column that holds what this reads."""
        return SQL.identifier(f"criterion_{self.id}")

    def _get_raw_sql(self):
        """Return the SQL of what this reads of ``partner``: a field, or the points that
        people gave when they nominated it last; NULL while nobody has."""
        if self.source == "field":
            return SQL("partner.%s", SQL.identifier(self.field_name))
        return SQL(
            """(
                   SELECT judged.points
                     FROM crm_key_account_judgement AS judged
                     JOIN crm_key_account_nomination AS nomination
                       ON nomination.id = judged.nomination_id
                    WHERE judged.criterion_id = %s
                      AND judged.given IS TRUE
                      AND nomination.partner_id = partner.id
                      AND nomination.state IN ('asked', 'approved')
                 ORDER BY nomination.id DESC LIMIT 1)""",
            self.id,
        )

    def _get_figure_sql(self):
        """Return the SQL of the figure that a reason tells, NULL where there is
        none."""
        if self.kind == "choice":
            return SQL("NULL")
        if self.source in ("field", "judged"):
            return self._get_column_sql()
        if self.source == "share":
            return SQL("COALESCE(share, 0) * 100")
        return SQL.identifier(self.source)

    def _get_points_sql(self):
        """Return the SQL of the points, 0 to 100; NULL where nobody has judged."""
        if self.kind == "judged":
            return SQL("%s * %s", self._get_column_sql(), JUDGED_SHARE)
        if self.kind == "choice":
            cases = SQL(" ").join(
                SQL(
                    "WHEN %s = %s THEN %s::float8",
                    *(self._get_column_sql(), line.choice, line.points),
                )
                for line in self.threshold_ids
            )
        else:
            # Money of a field is in the customer's currency: nobody converts it.
            figure = self._get_figure_sql()
            cases = SQL(" ").join(
                SQL("WHEN %s >= %s THEN %s::float8", figure, line.at_least, line.points)
                for line in self.threshold_ids.sorted("at_least", reverse=True)
            )
        return SQL("CASE %s ELSE 0 END", cases) if self.threshold_ids else SQL("0")

    def _tell_figure(self, figure):
        """Return the figure of this as it is shown to people, "" for none."""
        if figure is None or self.kind == "choice":
            return ""
        if self.source in MONEY:
            return self.currency_id.format(figure)
        if self.source == "judged":
            return self.env._("%s of 5", tell_number(figure))
        if self.source == "share":
            return self.env["crm.reason"]._format_share(figure / 100)
        return tell_number(figure)

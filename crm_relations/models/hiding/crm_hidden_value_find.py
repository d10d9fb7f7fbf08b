from odoo import api, models
from odoo.tools import SQL

from ...tools.masking import GUESSES


class CrmHiddenValue(models.Model):
    """Whose number is this? Equality of the whole tells who it is, never a value."""

    _inherit = "crm.hidden.value"

    @api.model
    def _find_partners(self, kind, keys):
        """Return ``{key: partner ids}`` of those with exactly this number (in E.164, or
        its digits) or address (normalised).

        :raise UserError: a person has guessed too often, see ``crm.hidden.guess``
        """
        keys = sorted({key for key in keys if key})
        if not keys or not self.env["crm.pool"]._hides_anything():
            return {}
        guesses = self.env["crm.hidden.guess"]
        if not guesses._is_counted():
            return dict(self.env.execute_query(self._get_found_sql(kind, keys)))
        answers = self.env.execute_query(self._get_asked_sql(kind, keys))
        found = {key: ids for key, ids in answers if ids}
        if answers:
            wrong = [key for key, ids in answers if not ids]
            guesses._check_guesses(kind, wrong, bool(found))
        return found

    @api.model
    def _get_found_sql(self, kind, keys):
        """Return a SELECT of those keys that somebody hidden has, with the partners."""
        return SQL(
            """
            SELECT %(key)s, array_agg(res_id ORDER BY res_id)
              FROM crm_hidden_value
             WHERE model = 'res.partner' AND %(key)s = ANY(%(keys)s)
          GROUP BY %(key)s
            """,
            key=SQL.identifier(f"{kind}_key"),
            keys=keys,
        )

    @api.model
    def _get_asked_sql(self, kind, keys):
        """Return the same, and those that only look like a hidden one, with NULL. That
        somebody in sight has it makes it no better: one can give a number to a contact
        of one's own before one asks."""
        bounds = zip(*(GUESSES[kind](key) for key in keys), strict=True)
        heads, tails, lows, highs = (list(some) for some in bounds)
        return SQL(
            """
              WITH found (value, ids) AS (%(found)s)
            SELECT value, ids FROM found
         UNION ALL
            SELECT asked.value, NULL
              FROM unnest(%(keys)s, %(heads)s, %(tails)s, %(lows)s, %(highs)s)
                   AS asked (value, head, tail, low, high)
             WHERE asked.value NOT IN (SELECT value FROM found)
               AND EXISTS (SELECT FROM crm_hidden_value AS kept
                            WHERE kept.%(key)s BETWEEN asked.low AND asked.high
                              AND left(kept.%(key)s, length(asked.head)) = asked.head
                              AND right(kept.%(key)s, length(asked.tail)) = asked.tail)
            """,
            found=self._get_found_sql(kind, keys),
            keys=keys,
            heads=heads,
            tails=tails,
            lows=lows,
            highs=highs,
            key=SQL.identifier(f"{kind}_key"),
        )

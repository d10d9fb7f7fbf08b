from odoo import api, models
from odoo.tools import SQL

from ...tools.name_keys import get_core, get_name_key, get_sound, is_alike_enough

# From this part of what two sounds have in common, in percent, a name is told as alike.
ALIKE = 60
SAME_SOUND = 95
MOST_ALIKE = 94
MOST = 20
READ = ["active", "company_id", "is_managed_customer", "partner_share"]


class ResPartner(models.Model):
    """Whose name says, or sounds, nearly the same."""

    _inherit = "res.partner"

    @api.model
    def _find_alike(self, name, companies):
        """Return ``[(customer, score)]``, the likeliest first, as superuser: 100 for
        the same name, 95 for one that sounds the same, else what sounds have in common.

        Names too short to be alike are found where they are the same. Two statements.

        :param companies: whose customers, besides those of all companies
        """
        key, sound = get_name_key(name), get_sound(name)
        if not sound:
            return []
        rows = self._get_alike_rows(key, sound, get_core(name), companies)
        # Superuser: whose it is must not depend on rules; who calls masks.
        customers = self.sudo().browse(number for number, _score in rows)
        return [
            (customer, score)
            for customer, (_number, score) in zip(customers, rows, strict=True)
        ]

    @api.model
    def _get_alike_sql(self, key, sound, core):
        """Return how alike ``kept`` is in percent, where it is not the same, and which
        names are alike at all."""
        same = SQL("kept.sound = %s", sound)
        if not is_alike_enough(key, sound):
            # The same syllables in the same script are another person.
            other_script = SQL("(kept.name_key = kept.sound) <> %s", key == sound)
            only = SQL("(kept.name_key = %s OR (%s AND %s))", key, same, other_script)
            return SQL("0"), only
        if not self.env.registry.has_trigram:
            return SQL("0"), same
        self.env["crm.name.key"]._set_likeness(ALIKE)
        likeness = self._get_likeness_sql(SQL("%s", sound), SQL("%s", core))
        alike = SQL("kept.core %% %s AND %s >= %s", core, likeness, ALIKE)
        return likeness, SQL("(%s OR %s)", same, alike)

    @api.model
    def _get_alike_rows(self, key, sound, core, companies):
        self.env["res.partner"].flush_model(READ)
        likeness, condition = self._get_alike_sql(key, sound, core)
        return self.env.execute_query(
            SQL(
                """
                SELECT customer.id,
                       CASE WHEN kept.name_key = %(key)s THEN 100
                            WHEN kept.sound = %(sound)s THEN %(same)s
                            ELSE LEAST(%(likeness)s, %(most_alike)s) END::int AS score
                  FROM crm_name_key AS kept
                  JOIN res_partner AS customer ON customer.id = kept.partner_id
                 WHERE %(condition)s AND customer.is_managed_customer
                   AND customer.partner_share
                   AND (customer.company_id IS NULL
                        OR customer.company_id = ANY(%(companies)s))
              ORDER BY score DESC, customer.active DESC, customer.id
                 LIMIT %(most)s
                """,
                key=key,
                sound=sound,
                same=SAME_SOUND,
                likeness=likeness,
                most_alike=MOST_ALIKE,
                condition=condition,
                companies=list(companies),
                most=MOST,
            )
        )

    @api.model
    def _get_likeness_sql(self, sound, core):
        """Return how alike the name ``kept`` is, in percent: all of it counts twice,
        the part that is its own once."""
        return SQL(
            "(similarity(kept.sound, %s) * 2 + similarity(kept.core, %s)) * 100 / 3",
            sound,
            core,
        )

from odoo import api, models
from odoo.tools import SQL

from ...tools.sentences import join_sentences


class CrmPoolHolding(models.Model):
    _inherit = "crm.pool.holding"

    def _get_standing_sentence(self, main, allowances):
        """Return where the limits come from: the name of each quota and its numbers.

        :param main: the quota for all tiers, told also while nothing is held
        :param allowances: ``{"day"|"week": (quota, left)}``
        """
        quotas = main | self.quota_id
        for quota, _left in allowances.values():
            quotas |= quota
        # Superuser: the quotas that limit oneself, to be told.
        return join_sentences(
            self.env._("%(quota)s: %(rule)s.", quota=quota.name, rule=quota.summary)
            for quota in quotas.with_env(self.env).sudo()
        )

    @api.model
    def _get_caps_sql(self):
        """Return a SELECT of user_id, held and cap, over the quotas that limit each
        person: a quota whose place another one has taken limits nobody, though its
        counter stays."""
        return SQL(
            """
            SELECT holding.user_id, min(holding.id) AS id, sum(holding.held) AS held,
                   sum(holding.cap) AS cap
              FROM crm_pool_holding AS holding
              JOIN res_users AS person ON person.id = holding.user_id
             WHERE holding.cap IS NOT NULL AND NOT (%s)
          GROUP BY holding.user_id
            """,
            self._get_displaced_sql(),
        )

    @api.model
    def _get_displaced_sql(self):
        """Return the condition that another quota goes before that of ``holding`` for
        all customers of ``person``."""
        limits = [dict(limit) for limit in self.env["crm.pool.quota"]._get_limits()]
        parts = [SQL("FALSE")]
        for place, quota in enumerate(limits):
            for first in limits[:place]:
                if self._displaces(first, quota):
                    parts.append(
                        SQL(
                            "holding.quota_id = %s AND %s",
                            quota["id"],
                            self._get_named_sql(first),
                        )
                    )
        return SQL(" OR ").join(parts)

    @api.model
    def _displaces(self, first, quota):
        """Return whether ``first`` takes all customers of ``quota``, of whom it is for.

        :param first: a limit that goes before
        """
        tiers = set(quota["tiers"])
        covers = not first["tiers"] or bool(tiers) and tiers <= set(first["tiers"])
        company = not first["company"] or first["company"] == quota["company"]
        return first["cap"] is not None and covers and company

    @api.model
    def _get_named_sql(self, quota):
        """Return the condition that a quota names ``person``, or nobody."""
        parts = [SQL("TRUE")]
        if quota["users"]:
            parts.append(SQL("person.id IN %s", quota["users"]))
        if quota["teams"]:
            parts.append(SQL("person.sale_team_id IN %s", quota["teams"]))
        return SQL(" AND ").join(parts)

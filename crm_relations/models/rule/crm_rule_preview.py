from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.arguments import Count

PREVIEWERS = "crm_relations.group_relations_manager"


class CrmRulePreview(models.AbstractModel):
    """Show what is decided before it is: for whatever decides by one query.

    The model gives ``_get_decision_sql``, ``_get_value_models`` and ``_count_judged``.
    """

    _name = "crm.rule.preview"
    _description = "Decides, and shows before what"

    def action_preview(self):
        """Open the list of those whom this rule would hit now, and why."""
        self.ensure_one()
        return self.env["crm.decision.preview"]._open(self)

    def preview(self, limit: Count = 10000):
        """Return what this rule would change now. Nothing is written.

        :param limit: rows returned at most; ``count`` counts all of them
        :return: ``{"count": n, "judged": n, "rows": [{"id", "old", "new", "rule",
            "reason"}]}``: how many change of how many that the rule judges; ``old``
            and ``new`` are names in the caller's language, "" for none
        :raise AccessError: the caller is no relations manager
        """
        self.ensure_one()
        decisions = self._get_visible_preview_sql()
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (%s) AS decision", decisions)
        )
        rows = self.env.execute_query_dict(
            SQL("%s ORDER BY partner_id LIMIT %s", decisions, limit)
        )
        return {
            "count": count,
            "judged": self._count_judged(),
            "rows": self._name_decisions(rows),
        }

    def _get_visible_preview_sql(self):
        """Return the preview, cut down to the customers whom the caller may see.

        A preview tells revenue and birthdays of everyone a rule judges: it is for
        those who answer for all customers.
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(PREVIEWERS):
            raise AccessError(self.env._("Only relations managers preview rules."))
        # Superuser: decided on all customers, shown of those that the caller sees.
        return SQL(
            "SELECT * FROM (%s) AS preview WHERE partner_id IN (%s)",
            self.sudo()._get_preview_sql(),
            self._get_visible_sql(),
        )

    @api.model
    def _get_visible_sql(self):
        """Return a SELECT of the ids of the partners whom the caller may see."""
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners._search([]).select()

    def _name_decisions(self, rows):
        """Return decided rows as ``preview`` gives them to a reader."""
        names = self._get_value_names(rows)
        renderer = self.env["crm.reason"]
        renderer._look_ahead([row["facts"] for row in rows])
        return [
            {
                "id": row["partner_id"],
                "old": names.get(("old", row["old"]), ""),
                "new": names.get(("new", row["new"]), ""),
                "rule": self.display_name,
                "reason": renderer._get_sentence(row["facts"]),
            }
            for row in rows
        ]

    def _get_value_names(self, rows):
        """Return ``{("old"|"new", value): name}`` for the values in ``rows``: ids, as
        numbers or, from a stored preview, as text."""
        names = {}
        for side, model in self._get_value_models().items():
            values = {row[side] for row in rows if row[side]}
            # Superuser: names of tiers and pools, to who may read the row.
            records = self.env[model].sudo().browse(map(int, values)).exists()
            labels = {record.id: record.display_name for record in records}
            names |= {(side, value): labels.get(int(value), "") for value in values}
        return names

    def _get_value_models(self):
        """Return the models of what a decision changes: ``{"old": …, "new": …}``."""
        raise NotImplementedError

    def _get_decision_sql(self):
        """Return a SELECT of partner_id, old, new, rule_id and facts (jsonb).

        Every row is a change to be made; a customer stands in it once at most.
        """
        raise NotImplementedError

    def _get_preview_sql(self):
        """Return the decisions to preview: as if the rule had started already."""
        return self._get_decision_sql()

    def _tell_total(self, changed):
        """Return how many of those judged are changed, in the reader's figures."""
        language = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return self.env._(
            "%(changed)s of %(judged)s",
            changed=language.format("%d", changed, grouping=True),
            judged=language.format("%d", self._count_judged(), grouping=True),
        )

    def _count_judged(self):
        """Return how many are judged."""
        raise NotImplementedError

    def _get_preview_grouping(self):
        """Return how the preview is grouped: by what changes into what where both are
        of one kind, else by salesperson."""
        models = self._get_value_models()
        return "by_change" if models["old"] == models["new"] else "by_owner"

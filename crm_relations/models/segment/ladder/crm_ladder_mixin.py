from odoo import models
from odoo.tools import SQL

CHANGED = SQL("decided.new IS DISTINCT FROM decided.old")


class CrmLadderMixin(models.AbstractModel):
    """A ladder: steps in their order, each with a condition on what is measured of a
    customer. A customer stands on the highest step whose condition holds, and that of
    every step below it as well; where not even the lowest holds, on the ground.

    A ladder says who is judged and where each stands (``_get_known_sql``), what is
    measured of them (``_get_measured_sql``), its steps (``_get_step_conditions``) and
    what is told of a decision (``_get_facts_sql``). Deciding is one statement over all
    of them; preview, batches, ledger and reasons are those of every decision.
    """

    _name = "crm.ladder.mixin"
    _description = "Ladder by evidence"
    _inherit = ["crm.decision.queue"]

    def _get_queue_sql(self, partner_ids=None):
        return self._get_decision_sql(partner_ids)

    def _get_decision_sql(self, partner_ids=None, changed=CHANGED):
        """Return the changes of step of all customers, or of these.

        :param changed: SQL condition that a decision is written at all
        """
        return SQL(
            """
            SELECT decided.partner_id, decided.old, decided.new,
                   %(rule)s AS rule_id, %(facts)s AS facts
              FROM (%(decided)s) AS decided
                   %(joins)s
             WHERE %(changed)s
            """,
            rule=self._get_rule_sql(),
            facts=self._get_facts_sql(),
            decided=self._get_decided_sql(partner_ids),
            joins=self._get_decided_joins_sql(),
            changed=changed,
        )

    def _get_decided_sql(self, partner_ids=None):
        """Return a SELECT of each customer judged: partner_id, old, new, and what was
        measured."""
        return SQL(
            """
            SELECT known.partner_id, known.old, measured.*, %(step)s AS new
              FROM (%(known)s) AS known
         LEFT JOIN (%(measured)s) AS measured
                ON measured.customer_id = known.partner_id
            """,
            step=self._get_step_sql(),
            known=self._get_known_sql(partner_ids),
            measured=self._get_measured_sql(partner_ids),
        )

    def _get_step_sql(self):
        """Return the SQL of the step that what is measured comes to. What is unknown
        holds no condition."""
        below, cases = self._get_ground_sql(), []
        for step, condition in self._get_step_conditions():
            cases.append(SQL("WHEN (%s) IS NOT TRUE THEN %s", condition, below))
            below = step
        if not cases:
            return below
        return SQL("CASE %s ELSE %s END", SQL(" ").join(cases), below)

    def _get_step_conditions(self):
        """Return ``[(SQL of the step, SQL condition)]``, the lowest first."""
        raise NotImplementedError

    def _get_ground_sql(self):
        """Return the SQL of where a customer stands whom no step holds."""
        return SQL("NULL")

    def _get_known_sql(self, partner_ids=None):
        """Return a SELECT of partner_id and old: who is judged, and where each stands
        now."""
        raise NotImplementedError

    def _get_measured_sql(self, partner_ids=None):
        """Return a SELECT of customer_id and what the conditions look at."""
        raise NotImplementedError

    def _get_facts_sql(self):
        """Return the SQL (jsonb) of what is told of a decision, of ``decided``."""
        raise NotImplementedError

    def _get_rule_sql(self):
        """Return the SQL of the id that the ledger keeps as the rule."""
        raise NotImplementedError

    def _get_decided_joins_sql(self):
        """Return what is joined to ``decided`` to tell of a decision."""
        return SQL("")

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CrmTierScheme(models.Model):
    """Decide: the method's choice, what was set by hand, and what waits."""

    _inherit = "crm.tier.scheme"
    _decided_field = "tier_id"
    _since_field = "tier_since"
    _ledger = "crm.tier.change"
    _ledger_columns = ("scheme_id", "old_tier_id", "new_tier_id")

    def _get_value_models(self):
        return {"old": "crm.tier", "new": "crm.tier"}

    def _get_decision_sql(self):
        """Return the decisions, also those that only note since when a customer is
        below its border (``below_since``) or that a tier set by hand has expired.
        ``is_logged`` marks those that belong into the ledger."""
        self.ensure_one()
        if problem := self._get_problem():  # a line may have been written alone
            raise ValidationError(problem)
        since, today = self._get_window()
        method = self._get_method_in_force()
        return SQL(
            """
            WITH measured AS MATERIALIZED (%(measured)s),
                 chosen AS (%(chosen)s),
                 %(settled)s
            SELECT id AS partner_id, old, new, %(scheme)s AS rule_id,
                   facts || jsonb_build_object('measure', %(measure)s,
                       'currency', %(currency)s, 'from', %(since)s::text,
                       'to', %(today)s::text) AS facts,
                   below_since, expired_until IS NOT NULL AS is_expired,
                   new IS DISTINCT FROM old OR expired_until IS NOT NULL AS is_logged
              FROM settled
             WHERE new IS DISTINCT FROM old OR expired_until IS NOT NULL
                OR below_since IS DISTINCT FROM tier_below_since
            """,
            measured=self._get_measured_sql(method),
            chosen=self._get_chosen_sql(method),
            settled=self._get_settled_sql(today),
            scheme=self.id,
            measure=self.measure,
            currency=self.currency_id.id,
            since=since,
            today=today,
        )

    def _get_settled_sql(self, today):
        """Return the table ``settled``: what becomes of the method's choice by what was
        set by hand, by the band and by the months that a downgrade waits."""
        return SQL(
            """
            patient AS (
                 SELECT chosen.*, fixed_id IS NULL AND expired_until IS NULL
                                  AND is_below AND NOT is_held AS is_falling
                   FROM chosen),
                 waiting AS (
                 SELECT patient.*, is_falling AND COALESCE(tier_below_since, %(today)s)
                                   + make_interval(months => %(patience)s) > %(today)s
                                   AS is_waiting
                   FROM patient),
                 settled AS (
                 SELECT id, tier_id AS old, tier_below_since, expired_until,
                        CASE WHEN fixed_id IS NOT NULL THEN fixed_id
                             WHEN is_waiting THEN tier_id
                             WHEN is_below AND is_held AND expired_until IS NULL
                             THEN tier_id
                             ELSE choice END AS new,
                        CASE WHEN is_waiting
                             THEN COALESCE(tier_below_since, %(today)s)
                             END AS below_since,
                        CASE WHEN fixed_id IS NULL
                             THEN facts || jsonb_build_object('tier', choice,
                                  'expired', expired_until, 'below', tier_below_since)
                             ELSE jsonb_build_object('code', 'tier_override',
                                  'tier', fixed_id, 'until', fixed_until,
                                  'user', fixed_by, 'note', fixed_note) END AS facts
                   FROM waiting)
            """,
            patience=self.downgrade_after_months,
            today=today,
        )

    def _get_left_alone(self):
        return self._get_last_decided()

    def _get_preview_sql(self):
        return SQL(
            "SELECT * FROM (%s) AS decision WHERE is_logged", self._get_decision_sql()
        )

    def _get_applied_columns(self):
        """An expired tier of someone's own is gone with the run that takes over."""
        kept = {
            name: SQL(
                "CASE WHEN batch.is_expired THEN NULL ELSE partner.%s END",
                SQL.identifier(name),
            )
            for name in (
                *["tier_override_id", "tier_override_until"],
                *["tier_override_reason", "tier_override_by"],
            )
        }
        return {"tier_below_since": SQL("batch.below_since")} | kept

    def _get_logged_sql(self):
        return SQL("batch.is_logged")

    def _decisions_applied(self, partner_ids):
        result = super()._decisions_applied(partner_ids)
        self.env["res.partner"].invalidate_model(list(self._get_applied_columns()))
        self.env["res.partner"].browse(partner_ids)._segment_changed()
        return result

import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry

_logger = logging.getLogger(__name__)


class CrmClub(models.Model):
    """Apply what was decided on the levels, end what was valid until yesterday: in
    batches, each of them one statement and a transaction."""

    _inherit = "crm.club"

    @api.model
    def _cron_decide_levels(self):
        """Each night: end memberships that are over, decide levels of the others."""
        # Superuser: clubs of all companies are run.
        clubs = self.sudo().search([])  # pylint: disable=no-search-all
        for club in clubs:
            while ended := retry(self.env, lambda club=club: club._end_overdue()):
                self.env["ir.cron"]._commit_progress(ended, remaining=0)
            club._run_queue(commit=True)

    def action_decide_levels(self):
        """Decide and apply now, and say how many members changed their level."""
        self.ensure_one()
        self.check_access("write")
        # Superuser: all members are decided, and decided fields written by nobody.
        club = self.sudo()
        while club._end_overdue():
            continue
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "Members who changed their level: %s.", club._run_queue()
                ),
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _decide_levels_of(self, memberships):
        """Decide the levels of these members of this club now."""
        self.ensure_one()
        self._run_queue(partner_ids=memberships.partner_id.ids)

    def _apply_queued(self, first=0):
        """Apply the batch of decisions that follow number ``first``.

        :return: how many levels it changed
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH batch AS MATERIALIZED (%(batch)s),
                     written AS (%(apply)s),
                     logged AS (%(log)s)
                SELECT count(*) FROM logged
                """,
                batch=self._get_batch_sql(first),
                apply=self._get_apply_sql(),
                log=self._get_log_sql(),
            )
        )
        self.env["crm.club.membership"].invalidate_model()
        self.env["crm.club.level.change"].invalidate_model()
        [(changed,)] = rows
        return changed

    def _get_batch_sql(self, first):
        return SQL(
            """
            SELECT queued.*
              FROM crm_batch_queue_rows AS queued
              JOIN crm_club_membership AS member ON member.id = queued.membership_id
             WHERE queued.number > %s AND queued.number <= %s
               FOR NO KEY UPDATE OF member SKIP LOCKED
            """,
            first,
            first + BATCH,
        )

    def _get_apply_sql(self):
        """Return the UPDATE; it writes only where ``old`` still holds."""
        kept = {
            name: SQL(
                "CASE WHEN batch.is_hand_over THEN NULL ELSE member.%s END",
                SQL.identifier(name),
            )
            for name in (
                *("manual_level_id", "manual_until"),
                *("manual_reason", "manual_by_id"),
            )
        }
        return SQL(
            """
            UPDATE crm_club_membership AS member
               SET level_id = batch.new, level_until = batch.until,
                   level_since = CASE WHEN batch.is_logged THEN %(today)s
                                      ELSE member.level_since END,
                   qualifying = batch.value, kept_level_id = batch.kept_level_id,
                   write_uid = %(uid)s, write_date = %(now)s, %(kept)s
              FROM batch
             WHERE member.id = batch.membership_id AND member.state = 'active'
               AND member.level_id IS NOT DISTINCT FROM batch.old
         RETURNING member.id, member.customer_id, member.company_id
            """,
            today=self._get_today(),
            uid=self.env.uid,
            now=fields.Datetime.now(),
            kept=SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in kept.items()
            ),
        )

    def _get_log_sql(self):
        return SQL(
            """
            INSERT INTO crm_club_level_change (partner_id, company_id, membership_id,
                   kind, old_level_id, new_level_id, decided_at, facts,
                   create_uid, create_date)
            SELECT written.customer_id, written.company_id, batch.membership_id,
                   batch.kind, batch.old, batch.new, %(now)s, batch.facts,
                   %(uid)s, %(now)s
              FROM batch
              JOIN written ON written.id = batch.membership_id
             WHERE batch.is_logged
         RETURNING id
            """,
            now=fields.Datetime.now(),
            uid=self.env.uid,
        )

    def _end_overdue(self, limit=BATCH):
        """End at most ``limit`` memberships that were valid until yesterday or before;
        one statement.

        :return: how many
        """
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH overdue AS MATERIALIZED (
                     SELECT id
                       FROM crm_club_membership
                      WHERE club_id = %(club)s AND valid_until < %(today)s
                        AND state IN ('active', 'suspended')
                   ORDER BY valid_until, id
                      LIMIT %(limit)s
                        FOR NO KEY UPDATE SKIP LOCKED),
                     ended AS (
                     UPDATE crm_club_membership AS member
                        SET state = 'ended', ended_on = %(today)s,
                            write_uid = %(uid)s, write_date = %(now)s
                       FROM overdue
                      WHERE member.id = overdue.id
                  RETURNING member.*),
                     rested AS (
                     UPDATE loyalty_card AS card
                        SET active = FALSE
                       FROM ended
                      WHERE card.id = ended.card_id)
                %(log)s
                """,
                club=self.id,
                today=self._get_today(),
                limit=limit,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                log=self._get_ended_log_sql(),
            )
        )
        self.env.invalidate_all()
        return len(rows)

    def _get_ended_log_sql(self):
        return SQL(
            """
            INSERT INTO crm_club_level_change (partner_id, company_id, membership_id,
                   kind, old_level_id, new_level_id, decided_at, facts,
                   create_uid, create_date)
            SELECT customer_id, company_id, id, 'expired', level_id, level_id, %(now)s,
                   jsonb_build_object('code', 'club_state', 'kind', 'expired',
                       'club', club_id, 'club_member', partner_id,
                       'until', valid_until),
                   %(uid)s, %(now)s
              FROM ended
         RETURNING id
            """,
            now=fields.Datetime.now(),
            uid=self.env.uid,
        )

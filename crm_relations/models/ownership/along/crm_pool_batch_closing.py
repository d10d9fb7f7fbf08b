from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL


class CrmPoolBatch(models.Model):
    """What hangs on a former owner is closed when the customer goes to a pool, noted
    line by line, and opened again when that is undone."""

    _inherit = "crm.pool.batch"

    def _close_open_work(self, change_ids):
        """Close the former owners' open activities at these customers and their
        contacts, or leave them to the manager of the pool; two statements.

        A closed activity is archived without a date on which it was done: nobody has
        done it.

        :param change_ids: lines of the ledger that led into a pool
        """
        if not change_ids:
            return
        rows = self.env.execute_query(
            SQL(
                """
                WITH work AS MATERIALIZED (%(work)s),
                     closed AS (
                     UPDATE mail_activity AS activity
                        SET active = work.heir IS NOT NULL,
                            user_id = COALESCE(work.heir, activity.user_id),
                            write_uid = %(uid)s, write_date = %(now)s
                       FROM work
                      WHERE activity.id = work.id)
                INSERT INTO crm_handover_item (change_id, batch_id, partner_id,
                       company_id, kind, res_model, res_id, name, from_user_id,
                       to_user_id, state, create_uid, create_date)
                SELECT change_id, batch_id, partner_id, company_id, 'activity',
                       'mail.activity', id, COALESCE(NULLIF(summary, ''),
                       kind ->> %(lang)s, kind ->> 'en_US'), user_id, heir,
                       CASE WHEN heir IS NULL THEN 'closed' ELSE 'moved' END,
                       %(uid)s, %(now)s
                  FROM work
              ORDER BY id
             RETURNING state, res_id
                """,
                work=self._get_open_work_sql(change_ids),
                lang=self.env.lang or "en_US",
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.env["mail.activity"].invalidate_model()
        activities, found = self.env["mail.activity"], defaultdict(list)
        for state, number in rows:
            found[state].append(number)
        if found["moved"]:
            activities.browse(found["moved"])._items_given()
        if found["closed"]:
            activities.browse(found["closed"])._items_closed()

    @api.model
    def _get_open_work_sql(self, change_ids):
        """Return a SELECT of the former owners' open activities, each with its ``heir``
        where the pool leaves it to its manager."""
        stewards = self._get_stewards()
        return SQL(
            """
            SELECT activity.id, activity.summary, kind.name AS kind,
                   activity.user_id, steward.user_id AS heir,
                   change.id AS change_id, change.batch_id, change.partner_id,
                   change.company_id
              FROM crm_ownership_change AS change
              JOIN res_partner AS contact
                ON contact.commercial_partner_id = change.partner_id
              JOIN mail_activity AS activity
                ON activity.res_model = 'res.partner'
               AND activity.res_id = contact.id AND activity.active
               AND activity.user_id = change.from_user_id
         LEFT JOIN mail_activity_type AS kind ON kind.id = activity.activity_type_id
         LEFT JOIN unnest(%(pools)s::int[], %(stewards)s::int[])
                   AS steward (pool_id, user_id)
                ON steward.pool_id = change.to_pool_id
             WHERE change.id = ANY(%(changes)s)
            """,
            pools=list(stewards),
            stewards=list(stewards.values()),
            changes=list(change_ids),
        )

    @api.model
    def _get_stewards(self):
        """Return ``{pool id: id of the user who inherits open work, or None}``."""
        # Superuser: who leads a pool.
        pools = self.env["crm.pool"].sudo().with_context(active_test=False)
        pools = pools.search([("open_work", "=", "manager")])
        return {pool.id: pool._get_steward().id or None for pool in pools}

    def _restore_items(self, changes, restored):
        done = changes.filtered(lambda change: change.partner_id.id in set(restored))
        if done:
            self._reopen_work(done.ids)
        return super()._restore_items(changes, restored)

    def _reopen_work(self, change_ids):
        """Open again what was closed, as far as nobody has touched it since; follow
        the contacts again."""
        self.env["crm.handover.item"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH followed AS (%(followed)s),
                     told AS (%(told)s),
                     opened AS (
                     UPDATE mail_activity AS activity
                        SET active = TRUE, user_id = noted.from_user_id
                       FROM crm_handover_item AS noted
                       JOIN crm_ownership_change AS change
                         ON change.id = noted.change_id AND change.to_user_id IS NULL
                      WHERE noted.change_id = ANY(%(changes)s)
                        AND noted.res_model = 'mail.activity'
                        AND noted.state IN ('closed', 'moved')
                        AND activity.id = noted.res_id AND activity.date_done IS NULL
                        AND activity.user_id = COALESCE(noted.to_user_id,
                                                        noted.from_user_id)
                        AND activity.active = (noted.state = 'moved')
                  RETURNING noted.id, activity.id AS reopened_id)
                UPDATE crm_handover_item AS noted SET state = 'restored'
                  FROM opened
                 WHERE noted.id = opened.id
             RETURNING opened.reopened_id
                """,
                followed=self._get_contacts_followed_again_sql(change_ids),
                told=self._get_told_sql("followed"),
                changes=list(change_ids),
            )
        )
        self.env["mail.activity"].invalidate_model()
        self.env["crm.handover.item"].invalidate_model()
        reopened = self.env["mail.activity"].browse(number for (number,) in rows)
        if reopened:
            reopened._items_reopened()
            reopened._items_given()

    @api.model
    def _get_contacts_followed_again_sql(self, change_ids):
        return SQL(
            """
            INSERT INTO mail_followers (res_model, res_id, partner_id)
            SELECT 'res.partner', contact.id, owner.partner_id
              FROM crm_ownership_change AS change
              JOIN res_users AS owner ON owner.id = change.from_user_id
              JOIN res_partner AS contact
                ON change.contact_ids_unfollowed @> to_jsonb(contact.id)
               AND contact.commercial_partner_id = change.partner_id
             WHERE change.id = ANY(%s)
       ON CONFLICT DO NOTHING
         RETURNING id
            """,
            list(change_ids),
        )

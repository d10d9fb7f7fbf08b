from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """The one way out of an owner's hands into a pool, by statements."""

    _inherit = "res.partner"

    @api.model
    def _release_customers(self, due, batch, kind="release"):
        """Move these customers into pools; a fixed number of statements.

        Their contacts and followers go along; open activities and steps of plans are
        closed or left to the manager of the pool, shares end. Rows that somebody is
        changing at this moment are left out. Rights are the caller's business.

        :param due: SELECT of id, user_id, pool_id, rule_id, company_id and facts (the
            JSON of the ledger, its ``code`` included), on ``res_partner AS partner`` so
            that its rows can be locked; each of them has an owner
        :param batch: the ``crm.pool.batch`` that can undo it
        :param kind: as in the ledger of ownership
        :return: the customers released
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS MATERIALIZED (%(due)s
                        FOR NO KEY UPDATE OF partner SKIP LOCKED),
                     %(before)s
                     released AS (
                     UPDATE res_partner AS partner
                        SET user_id = NULL, owner_since = NULL,
                            pool_id = due.pool_id, pool_since = %(now)s,
                            pool_release_date = NULL, pool_rule_id = NULL,
                            pool_release_facts = NULL, pool_blocked_by = NULL,
                            pool_blocked_at = NULL,
                            write_uid = %(uid)s, write_date = %(now)s
                            %(customer_values)s
                       FROM due
                      WHERE partner.id = due.id),
                     contacts AS (
                     UPDATE res_partner AS contact
                        SET user_id = NULL %(contact_values)s
                       FROM due
                      WHERE contact.commercial_partner_id = due.id
                        AND contact.id <> due.id
                        AND contact.user_id IS NOT DISTINCT FROM due.user_id
                  RETURNING contact.id, due.id AS customer_id),
                     unfollowed AS (
                     DELETE FROM mail_followers AS follower
                      USING due, res_users AS owner
                      WHERE owner.id = due.user_id
                        AND follower.res_model = 'res.partner'
                        AND follower.res_id = due.id
                        AND follower.partner_id = owner.partner_id
                  RETURNING follower.res_id),
                     unfollowed_contacts AS (
                     DELETE FROM mail_followers AS follower
                      USING due, res_users AS owner, res_partner AS contact
                      WHERE owner.id = due.user_id
                        AND contact.commercial_partner_id = due.id
                        AND contact.id <> due.id
                        AND follower.res_model = 'res.partner'
                        AND follower.res_id = contact.id
                        AND follower.partner_id = owner.partner_id
                  RETURNING follower.res_id, due.id AS customer_id)
                INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                       from_user_id, to_pool_id, rule_id, batch_id, operator_id,
                       contact_ids_moved, contact_ids_unfollowed, was_follower, facts,
                       decided_at, create_uid, create_date)
                SELECT due.id, due.company_id, %(kind)s, due.user_id, due.pool_id,
                       due.rule_id, %(batch)s, %(uid)s, moved.ids, quiet.ids,
                       due.id IN (SELECT res_id FROM unfollowed),
                       due.facts, %(now)s, %(uid)s, %(now)s
                  FROM due
             LEFT JOIN (SELECT customer_id, jsonb_agg(id) AS ids
                          FROM contacts
                      GROUP BY customer_id) AS moved ON moved.customer_id = due.id
             LEFT JOIN (SELECT customer_id, jsonb_agg(res_id) AS ids
                          FROM unfollowed_contacts
                      GROUP BY customer_id) AS quiet ON quiet.customer_id = due.id
               ORDER BY due.id
             RETURNING partner_id, id
                """,
                due=due,
                before=self._get_before_release_sql(),
                customer_values=self._get_release_values_sql("partner"),
                contact_values=self._get_release_values_sql("contact"),
                kind=kind,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                batch=batch.id,
            )
        )
        self.env.invalidate_all()
        batch._close_open_work([change for _customer, change in rows])
        released = self.browse(customer for customer, _change in rows)
        released._owner_changed(kind)
        return released

    @api.model
    def _get_before_release_sql(self):
        """Hook: return common table expressions, each with a comma behind it, that read
        customers and contacts as they stand before they are released; ``due`` has the
        customers, the pool_id that they go to and their user_id."""
        return SQL()

    @api.model
    def _get_release_values_sql(self, alias):
        """Hook: return what else is written on a released customer, or on a contact
        that goes along, each with a comma in front: whoever writes a row again writes
        all of its indexes again."""
        return SQL()

    @api.model
    def _items_closed(self, model, ids):
        """Hook: these records have been closed by SQL, since nobody owns their customer
        any more."""

    @api.model
    def _items_reopened(self, model, ids):
        """Hook: the opposite, by an undo."""

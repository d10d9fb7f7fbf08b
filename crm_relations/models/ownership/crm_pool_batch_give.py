from odoo import fields, models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH

# What a pool's manager gives away goes by these names in the ledger too.
FROM_POOL = frozenset(("assign", "distribute"))
EVERYTHING = frozenset(("take_opportunities", "take_quotations", "take_activities"))


class CrmPoolBatch(models.Model):
    """Customers given from one salesperson to another: a fixed number of statements
    for each thousand of them.

    By SQL, since Odoo's own write takes milliseconds a customer and mails each one.
    """

    _inherit = "crm.pool.batch"

    def _transfer(self, owners, formers, choices=EVERYTHING):
        """Give customers to others and take along what hangs on them.

        Rights and refusals are the caller's business.

        :param owners: ``{customer id: id of the new owner}``
        :param formers: ``{customer id: id of the owner at the caller's reading}``
        :param choices: what moves along, ticks of the wizard
        :return: ids of the customers that moved; the others are being changed by
            somebody at this moment
        """
        self.ensure_one()
        self.env.flush_all()
        given = []
        for ids in split_every(BATCH, owners):
            changes = self._give_customers(ids, owners, formers)
            if changes:
                self._give_items(list(changes.values()), choices)
                self._pass_on_followers(list(changes.values()))
            self.env.invalidate_all()
            partners = self.env["res.partner"].browse(changes)
            partners._owner_changed(self._get_ledger_kind())
            partners._refresh_release_dates(partners.ids)
            if changes and self.share_until:
                self._keep_shares(list(changes.values()))
            given += partners.ids
        return given

    def _get_ledger_kind(self):
        """Return how the ledger calls what this batch does."""
        return self.kind if self.kind in FROM_POOL else "transfer"

    def _give_customers(self, ids, owners, formers):
        """Write owner, clock, contacts and ledger by one statement.

        :return: ``{customer id: id of its line in the ledger}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH taken AS MATERIALIZED (
                     SELECT partner.id, partner.user_id, partner.pool_id, given.owner,
                            %(own_company)s AS company_id,
                            EXISTS (SELECT FROM mail_followers AS follower
                                      JOIN res_users AS former
                                        ON former.partner_id = follower.partner_id
                                     WHERE follower.res_model = 'res.partner'
                                       AND follower.res_id = partner.id
                                       AND former.id = partner.user_id) AS followed
                       FROM unnest(%(ids)s::int[], %(owners)s::int[],
                                   %(formers)s::int[]) AS given (id, owner, former)
                       JOIN res_partner AS partner ON partner.id = given.id
                      WHERE COALESCE(partner.user_id, 0) = given.former
                        AND partner.is_managed_customer
                        FOR NO KEY UPDATE OF partner SKIP LOCKED),
                     written AS (
                     UPDATE res_partner AS partner
                        SET user_id = taken.owner, owner_since = %(now)s,
                            pool_id = NULL, pool_since = NULL,
                            write_uid = %(uid)s, write_date = %(now)s
                       FROM taken
                      WHERE partner.id = taken.id),
                     contacts AS (
                     UPDATE res_partner AS contact
                        SET user_id = taken.owner
                       FROM taken
                      WHERE contact.commercial_partner_id = taken.id
                        AND contact.id <> taken.id
                        AND contact.user_id IS NOT DISTINCT FROM taken.user_id
                  RETURNING contact.id, taken.id AS customer_id)
                INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                       from_user_id, to_user_id, from_pool_id, batch_id, operator_id,
                       contact_ids_moved, was_follower, facts, decided_at,
                       create_uid, create_date)
                SELECT taken.id, taken.company_id, %(kind)s, taken.user_id,
                       taken.owner, taken.pool_id, %(batch)s, %(uid)s, moved.ids,
                       taken.followed, jsonb_build_object('code', 'owner_' || %(kind)s,
                       'user', taken.owner, 'note', %(note)s::text,
                       'pool', taken.pool_id), %(now)s, %(uid)s, %(now)s
                  FROM taken
             LEFT JOIN (SELECT customer_id, jsonb_agg(id) AS ids
                          FROM contacts
                      GROUP BY customer_id) AS moved ON moved.customer_id = taken.id
             RETURNING partner_id, id
                """,
                own_company=self.env["res.partner"]._get_own_company_sql("partner"),
                ids=list(ids),
                owners=[owners[number] for number in ids],
                formers=[formers[number] or 0 for number in ids],
                now=fields.Datetime.now(),
                uid=self.env.uid,
                batch=self.id,
                kind=self._get_ledger_kind(),
                note=self.note or "",
            )
        )
        return dict(rows)

from odoo import models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH

# What a pool's manager gives away goes by these names in the ledger too.
FROM_POOL = frozenset(("assign", "distribute"))


class CrmPoolBatch(models.Model):
    """Customers given from one salesperson to another: a fixed number of statements
    for each thousand of them.

    By SQL, since Odoo's own write takes milliseconds a customer and mails each one.
    """

    _inherit = "crm.pool.batch"

    def _transfer(self, owners, formers, choices=None):
        """Give customers to others and take along what hangs on them.

        Rights and refusals are the caller's business.

        :param owners: ``{customer id: id of the new owner}``
        :param formers: ``{customer id: id of the owner at the caller's reading}``
        :param choices: what moves along, ticks of the wizard; None: everything
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
            partners._owners_written()
            self._customers_given(list(changes.values()))
            given += partners.ids
        return given

    def _customers_given(self, change_ids):
        """Hook: the customers of these lines of the ledger have just been given."""

    def _get_ledger_kind(self):
        """Return how the ledger calls what this batch does."""
        return self.kind if self.kind in FROM_POOL else "transfer"

    def _give_customers(self, ids, owners, formers):
        """Let the new owners have these customers.

        :return: ``{customer id: id of its line in the ledger}``
        """
        turns = self._get_given_sql(ids, owners, formers)
        rows = self._turn(self._get_ledger_kind(), turns)
        return {number: change for number, change, _company in rows}

    def _get_given_sql(self, ids, owners, formers):
        return SQL(
            """
            SELECT partner.id, %(own_company)s AS company_id,
                   partner.user_id AS from_user_id, given.owner AS to_user_id,
                   partner.pool_id AS from_pool_id, NULL::int AS to_pool_id,
                   jsonb_build_object('code', %(code)s, 'user', given.owner,
                       'note', %(note)s::text, 'pool', partner.pool_id) AS facts
              FROM unnest(%(ids)s::int[], %(owners)s::int[], %(formers)s::int[])
                   AS given (id, owner, former)
              JOIN res_partner AS partner ON partner.id = given.id
             WHERE COALESCE(partner.user_id, 0) = given.former
               AND partner.is_managed_customer
               FOR NO KEY UPDATE OF partner SKIP LOCKED
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            code=f"owner_{self._get_ledger_kind()}",
            note=self.note or "",
            ids=list(ids),
            owners=[owners[number] for number in ids],
            formers=[formers[number] or 0 for number in ids],
        )

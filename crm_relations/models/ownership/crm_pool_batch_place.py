from odoo import api, models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH


class CrmPoolBatch(models.Model):
    """Customers put into pools by hand."""

    _inherit = "crm.pool.batch"

    def _release_into(self, pools, note, kind="hand_release"):
        """Release customers into pools, a fixed number of statements a thousand.

        :param pools: ``{customer id: id of the pool}``
        :param kind: as in the ledger of ownership
        :return: ids of those released; the others are being changed by somebody
        """
        released = []
        for ids in split_every(BATCH, pools):
            due = self._get_hand_release_sql(ids, pools, note, f"owner_{kind}")
            partners = self.env["res.partner"]
            released += partners._release_customers(due, self, kind).ids
        return released

    @api.model
    def _get_hand_release_sql(self, ids, pools, note, code):
        return SQL(
            """
            SELECT partner.id, partner.user_id, given.pool_id,
                   %(own_company)s AS company_id,
                   jsonb_build_object('code', %(code)s::text, 'note', %(note)s::text,
                   'pool', given.pool_id, 'user', partner.user_id) AS facts
              FROM unnest(%(ids)s::int[], %(pools)s::int[]) AS given (id, pool_id)
              JOIN res_partner AS partner ON partner.id = given.id
             WHERE partner.user_id IS NOT NULL AND partner.is_managed_customer
               AND partner.active
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            code=code,
            note=note,
            ids=list(ids),
            pools=[pools[number] for number in ids],
        )

    def _place(self, pools, note=""):
        """Put customers without owner into pools, from another one or from nowhere.

        :param pools: ``{customer id: id of the pool}``
        :return: ids of those placed; the others have an owner, are in this pool
            already or are being changed by somebody at this moment
        """
        self.env.flush_all()
        placed = []
        for ids in split_every(BATCH, pools):
            rows = self._turn(self.kind, self._get_placed_sql(ids, pools, note))
            self.env.invalidate_all()
            partners = self.env["res.partner"].browse(number for number, *_rest in rows)
            partners._owner_changed(self.kind)
            placed += partners.ids
        return placed

    def _get_placed_sql(self, ids, pools, note):
        return SQL(
            """
            SELECT partner.id, %(own_company)s AS company_id,
                   NULL::int AS from_user_id, NULL::int AS to_user_id,
                   partner.pool_id AS from_pool_id, given.pool_id AS to_pool_id,
                   jsonb_build_object('code', %(code)s, 'note', %(note)s::text,
                       'pool', given.pool_id) AS facts
              FROM unnest(%(ids)s::int[], %(pools)s::int[]) AS given (id, pool_id)
              JOIN res_partner AS partner ON partner.id = given.id
             WHERE partner.user_id IS NULL AND partner.is_managed_customer
               AND partner.active
               AND partner.pool_id IS DISTINCT FROM given.pool_id
               FOR NO KEY UPDATE OF partner SKIP LOCKED
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            code=f"owner_{self.kind}",
            note=note,
            ids=list(ids),
            pools=[pools[number] for number in ids],
        )

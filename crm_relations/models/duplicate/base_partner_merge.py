from odoo import models
from odoo.tools import SQL

from .res_partner_exact import MERGING


class MergePartnerWizard(models.TransientModel):
    """What is merged is no duplicate of itself; who else it looks like goes along, with
    what has been decided."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        data = self.env.cr.precommit.data
        before = data.get(MERGING, frozenset())
        partners = self.env["res.partner"].browse(partner_ids)
        # Superuser: whose contacts they are.
        data[MERGING] = before | set(partners.sudo().commercial_partner_id.ids)
        try:
            return super()._merge(partner_ids, dst_partner, extra_checks)
        finally:
            data[MERGING] = before

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._move_pairs(src_partners.ids, dst_partner.id)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _move_pairs(self, lost_ids, kept_id):
        """Let pairs with those that go be pairs with the one that stays; one statement.
        Where both have the same pair, it stays decided if either was."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                WITH gone AS (
                DELETE FROM crm_duplicate_pair
                 WHERE customer_id = ANY(%(lost)s) OR other_id = ANY(%(lost)s)
             RETURNING *, CASE WHEN customer_id = ANY(%(lost)s)
                               THEN other_id ELSE customer_id END AS third_id)
                INSERT INTO crm_duplicate_pair AS pair (customer_id, other_id,
                       company_id, score, why, is_hidden, found_at, state,
                       ignored_reason, ignored_by_id, ignored_at)
                SELECT DISTINCT ON (third_id)
                       LEAST(third_id, %(kept)s), GREATEST(third_id, %(kept)s),
                       company_id, score, why, is_hidden, found_at, state,
                       ignored_reason, ignored_by_id, ignored_at
                  FROM gone
                 WHERE third_id <> %(kept)s AND third_id <> ALL(%(lost)s)
              ORDER BY third_id, state = 'ignored' DESC, score DESC
           ON CONFLICT (customer_id, other_id) DO UPDATE
                   SET state = EXCLUDED.state,
                       ignored_reason = EXCLUDED.ignored_reason,
                       ignored_by_id = EXCLUDED.ignored_by_id,
                       ignored_at = EXCLUDED.ignored_at
                 WHERE pair.state = 'open' AND EXCLUDED.state = 'ignored'
             RETURNING id
                """,
                lost=list(lost_ids),
                kept=kept_id,
            )
        )
        self.env["crm.duplicate.pair"].invalidate_model()

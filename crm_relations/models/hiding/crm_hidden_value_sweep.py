import logging

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH

_logger = logging.getLogger(__name__)
SWEPT = "crm_relations.swept_customers"


class CrmHiddenValue(models.Model):
    """Once more, or all at once: after a release, each night, with an upgrade, and
    before the suite goes."""

    _inherit = "crm.hidden.value"

    @api.model
    def _sweep_later(self, customer_ids):
        """Hide what is to be hidden of these once more as soon as this transaction is
        over: whoever hides has waited for what another one added, and does not see it.
        """
        if not customer_ids:
            return
        waiting = self.env.cr.postcommit.data.setdefault(SWEPT, set())
        if not waiting:
            self.env.cr.postcommit.add(self._sweep_waiting)
        waiting.update(customer_ids)

    @api.model
    def _sweep_waiting(self):
        ids = self.env.cr.postcommit.data.pop(SWEPT, ())
        try:
            with self.env.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                for some in split_every(BATCH, sorted(ids)):
                    env["crm.hidden.value"]._hide_filled(some)
        except Exception:  # pylint: disable=broad-exception-caught
            # What called for it is done; the night sweeps as well.
            _logger.warning("Hiding once more failed.", exc_info=True)

    @api.autovacuum
    def _sweep(self):
        """Hide what another transaction has added unseen while its customer was hidden,
        and forget what belonged to records that are gone."""
        self._settle_all()
        for copy in self._get_copies():
            self.env.execute_query(
                SQL(
                    """
                    DELETE FROM crm_hidden_value AS kept
                     WHERE kept.model = %s
                       AND NOT EXISTS (SELECT FROM %s AS record
                                        WHERE record.id = kept.res_id)
                 RETURNING kept.id
                    """,
                    copy.key,
                    SQL.identifier(self.env[copy.model]._table),
                )
            )

    @api.model
    def _settle_all(self):
        """Settle all customers that are in a pool, or of whom something is hidden."""
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM res_partner WHERE pool_id IS NOT NULL
                 UNION
                SELECT customer_id FROM crm_hidden_value
                 WHERE customer_id IS NOT NULL
                """
            )
        )
        self._settle([number for (number,) in rows])

    @api.model
    def _show_all(self):
        """Bring everything back for good: the table goes."""
        pools = self.env["crm.pool"].with_context(active_test=False)
        pools = pools.search(["|", ("hides_phone", "=", True), ("hides_email", "=", 1)])
        pools.write({"hides_phone": False, "hides_email": False})
        self.env.flush_all()
        for copy in self._get_copies():
            self._show(copy, None, everything=True)

from odoo import api, fields, models
from odoo.tools import ormcache

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

OUTDATED_PARAMETER = "crm_relations.release_dates_outdated_at"
CHANGED = "crm_relations.release_dates_changed"


class CrmPoolRule(models.Model):
    """What a change makes of the release dates.

    A change at one customer decides its date at once. What changes for all of them (a
    rule, the working days) starts the job, and the nightly release waits for it.
    """

    _inherit = "crm.pool.rule"

    def _rules_changed(self):
        """Have all release dates decided anew, soon and outside this transaction."""
        if self.env.context.get(MODULE_UNINSTALL_FLAG):
            return  # what is being deleted is no change, and would leave its mark
        self.env.registry.clear_cache()
        precommit = self.env.cr.precommit
        if CHANGED in precommit.data:
            return
        precommit.data[CHANGED] = True
        precommit.add(lambda: precommit.data.pop(CHANGED, None))
        # Superuser: whoever may change a rule or a calendar makes the dates old.
        parameters = self.env["ir.config_parameter"].sudo()
        # Odoo's clock: it is compared with dates of writing, which go by it.
        now = fields.Datetime.to_string(self.env.cr.now())
        parameters.set_param(OUTDATED_PARAMETER, now)
        cron = self.env.ref(
            "crm_relations.ir_cron_pool_dates", raise_if_not_found=False
        )
        if cron:  # not there yet while the module is being installed
            cron.sudo()._trigger()

    @api.model
    def _working_days_changed(self):
        """A change of the working days, noted if a rule counts them."""
        if "working" in self._get_sources():
            self._rules_changed()

    @api.model
    def _depends_on(self, *sources):
        """Return whether a change of one of these can change a release date:
        ``segment``, ``opportunity``, ``order``, ``working`` or ``leave``."""
        return not self._get_sources().isdisjoint(sources)

    @api.model
    @ormcache()
    def _get_sources(self):
        # Asked whenever an order is confirmed or an opportunity moves.
        return frozenset().union(
            *(rule._get_own_sources() for rule in self._get_in_force())
        )

    def _get_own_sources(self):
        """Return what this rule reads beside the owner and the last follow-up.
        Conditions read anything, tiers and figures of orders above all."""
        self.ensure_one()
        conditions = (
            not self._read_domain().is_true() or not self._read_exempt().is_false()
        )
        reads = {
            "opportunity": self.clock == "opportunity" or self.exempt_opportunity,
            "order": self.clock in ("order", "repurchase") or self.exempt_ordered,
            "working": self.day_kind == "working",
            "leave": self.skip_leave,
            "segment": self.tier_ids or self.lifecycle or self.exempt_tier_ids,
        }
        sources = {source for source, is_read in reads.items() if is_read}
        return sources | ({"segment", "order"} if conditions else set())

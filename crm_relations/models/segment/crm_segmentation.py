import logging

from odoo import api, models

from ...tools.retries import retry

_logger = logging.getLogger(__name__)


class CrmSegmentation(models.AbstractModel):
    """One pass over everything that is decided of a customer.

    The steps follow one another because each reads what the one before has written. A
    step ``name`` is a method ``_decide_<name>(partner_ids)``: without ids it decides
    for all customers, a batch a transaction, as the night does; with ids for these,
    in the caller's transaction.
    """

    _name = "crm.segmentation"
    _description = "Segmentation of customers"

    @api.model
    def _cron_decide(self):
        """Decide for all customers what time, orders and rules have changed."""
        self._decide(None)

    @api.model
    def _cron_follow_parameters(self):
        """Let all customers follow parameters that somebody has changed by day."""
        self._decide_activity(None)
        self._decide_values(None)

    @api.model
    def _decide(self, partner_ids):
        for step in self._get_steps():
            getattr(self, f"_decide_{step}")(partner_ids)

    @api.model
    def _get_steps(self):
        """Return the names of the steps in their order. To be extended."""
        return [
            *["figures", "activity", "values", "classes", "tiers", "ladder"],
            *["lifecycle", "value_totals"],
        ]

    @api.model
    def _decide_figures(self, partner_ids):
        partners = self.env["res.partner"]
        if partner_ids is None:
            partners._for_pages_of_customers(partners._refresh_sales_figures)
        else:
            partners._refresh_sales_figures(partner_ids)

    @api.model
    def _decide_activity(self, partner_ids):
        partners = self.env["res.partner"]
        if partner_ids is None:
            partners._cron_refresh_activity()
        else:
            partners._refresh_activity(partner_ids)
            self.env["crm.lost.customer"]._find_won_back(partner_ids)

    @api.model
    def _decide_values(self, partner_ids):
        values = self.env["crm.customer.value"]
        if partner_ids is None:
            values._cron_refresh()
        else:
            values._drop_strangers(partner_ids)
            values._refresh(partner_ids)

    @api.model
    def _decide_value_totals(self, partner_ids):
        """What all of them come to is summed up at night, when all is decided."""
        if partner_ids is None:
            retry(self.env, self.env["crm.value.total"]._refresh)
            self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _decide_classes(self, partner_ids):
        partners = self.env["res.partner"]
        if partner_ids is None:
            main_sales = partners._get_main_sales()
            partners._for_pages_of_customers(
                lambda ids: partners._write_classes(ids, main_sales)
            )
        else:
            partners._refresh_classes(partner_ids)

    @api.model
    def _decide_tiers(self, partner_ids):
        for scheme in self.env["crm.tier.scheme"]._get_in_force()._get_started():
            if problem := scheme._get_problem():
                _logger.warning("Tier scheme %s is left out: %s", scheme.id, problem)
                continue
            scheme._run_queue(commit=partner_ids is None, partner_ids=partner_ids)
        partners = self.env["res.partner"]
        if partner_ids is not None:
            partners._end_expired_tiers(partner_ids)
            return
        retry(self.env, partners._end_expired_tiers)
        self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _decide_ladder(self, partner_ids):
        self.env["res.partner"]._refresh_relationship(
            partner_ids, commit=partner_ids is None
        )

    @api.model
    def _decide_lifecycle(self, partner_ids):
        rules = self.env["crm.lifecycle.rule"]._get_in_force()._get_started()
        rules._run_queue(commit=partner_ids is None, partner_ids=partner_ids)

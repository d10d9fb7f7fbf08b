from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    tier_id = fields.Many2one(
        comodel_name="crm.tier",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Decided every night by the tier schemes.",
        written_by="decided",
    )
    tier_since = fields.Date(
        readonly=True,
        copy=False,
        written_by="decided",
    )
    tier_below_since = fields.Date(
        string="Below Its Tier Since",
        readonly=True,
        copy=False,
        help="The customer misses the border of its tier since this day; it goes down "
        "when it has done so for as long as the scheme waits.",
        written_by="decided",
    )
    tier_reason = fields.Json(string="Why This Tier", compute="_compute_tier_reason")
    strategic_importance = fields.Selection(
        selection=[
            ("1", "None"),
            ("2", "Low"),
            ("3", "Moderate"),
            ("4", "High"),
            ("5", "Very high"),
        ],
        help="How much we want this customer for reasons beyond its revenue: a "
        "reference, a market, a technology. Weighted tier schemes may count it.",
    )
    tier_change_ids = fields.One2many(
        comodel_name="crm.tier.change",
        inverse_name="partner_id",
        string="Tier History",
    )

    @api.depends("tier_id")
    @api.depends_context("lang")
    def _compute_tier_reason(self):
        self._explain_latest(
            "tier_reason",
            "crm.tier.change",
            lambda partner, change: {
                "rule": change.scheme_id,
                "since": partner.tier_since,
                "following": partner._get_next_tier_sentence(change.scheme_id),
            },
        )

    def _explain_latest(self, name, ledger, get_told):
        """Say in a field why each is where the latest line of a ledger has put it.

        :param get_told: called with the customer and its line; returns what
            ``_explain`` of the renderer takes besides the facts
        """
        renderer = self.env["crm.reason"]
        changes = self._get_latest_changes(ledger)
        for partner in self:
            change = changes.get(partner._origin.id)
            partner[name] = bool(change) and renderer._explain(
                change.facts, **get_told(partner, change)
            )

    def _get_next_tier_sentence(self, scheme):
        """Return when the customer goes down unless it recovers, "" when it does not
        wait for that."""
        if self.tier_override_id or not self.tier_below_since:
            return ""
        if not scheme.is_in_force:  # another one will decide, by its own patience
            return ""
        return self.env._(
            "Below the border of this tier since %(since)s. It goes down on %(day)s "
            "unless it recovers before.",
            since=self.env.user._tell_day(self.tier_below_since),
            day=self.env.user._tell_day(
                self.tier_below_since
                + relativedelta(months=scheme.downgrade_after_months)
            ),
        )

    def _segment_changed(self):
        """Hook: tier or layer of these customers has just changed (written by SQL)."""

    def _customers_join(self, customer_by_id):
        result = super()._customers_join(customer_by_id)
        self.env["crm.playbook.run"]._end(self.ids)
        for customer_id in set(customer_by_id.values()):
            contacts = [n for n in customer_by_id if customer_by_id[n] == customer_id]
            self.env["crm.lost.customer"]._unite([*contacts, customer_id])
        return result

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.playbook.run"}

    def _refresh_moved_figures(self):
        result = super()._refresh_moved_figures()
        customers = self.filtered("is_managed_customer")
        customers._refresh_activity(customers.ids)
        # Superuser: what it is worth follows from what has moved, whoever moved it.
        self.env["crm.customer.value"].sudo()._refresh(customers.ids)
        return result

from odoo import api, models
from odoo.tools import SQL

# Who takes a customer by these is refused beforehand, customer by customer; should
# that fail, the database refuses.
TAKING = frozenset(("claim", "swap", "transfer", "assign", "distribute", "import"))
# Written together with the rest of the record, which then counts it.
WRITTEN = frozenset(("create", "edit"))
COUNTED = frozenset(
    (
        *["user_id", "is_managed_customer", "parent_id", "is_company", "active"],
        *["tier_id", "company_id", "relation_company_id"],
    )
)


class ResPartner(models.Model):
    """Every change of owner, tier or state moves the counters along."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        # Superuser: counters are written by nobody.
        owned = partners.sudo()._filter_counted()
        owned._settle_holdings()
        if not self.env.su:
            owned.sudo(False)._check_caps()
        return partners

    def _lock_for_write(self, vals):
        result = super()._lock_for_write(vals)
        if "user_id" in vals:
            # Superuser: whether it is a customer; nobody contends for other contacts.
            self.sudo()._filter_managed()._lock_in_order()
        return result

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if not COUNTED.isdisjoint(vals):
            # Superuser: whether they are customers; nobody counts other contacts.
            memory["counted"] = self.sudo()._filter_counted()
            if not self.env.su:
                memory["holders"] = self._get_holders()
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if "counted" in memory:
            # Superuser: counters are written by nobody.
            (memory["counted"] | self.sudo()._filter_counted())._settle_holdings()
        if "holders" in memory:
            before, after = memory["holders"], self._get_holders()
            taken = [number for number in after if after[number] != before.get(number)]
            self.browse(taken)._check_caps()
        return result

    def unlink(self):
        # Superuser: counters are written by nobody.
        partners = self.sudo()
        partners.fetch(["is_managed_customer"])
        counted = partners._filter_counted()
        if counted:
            self.env["crm.pool.holding"].sudo()._unseat(counted.ids)
        return super().unlink()

    def _filter_counted(self):
        """Return the customers that may count for somebody."""
        return self._filter_managed().filtered("user_id")

    def _lock_in_order(self):
        """Lock these rows, the lower id before the higher one: whoever changes the same
        owners waits, and neither blocks the other for ever.

        Before anything is written: what Odoo writes along (followers) would meet what
        another one has just written, as an error and not as a conflict to be repeated.
        """
        if self.ids:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM res_partner WHERE id = ANY(%s) ORDER BY id"
                    " FOR NO KEY UPDATE",
                    self.ids,
                )
            )

    def _get_holders(self):
        """Return ``{id: owner}`` of those that count."""
        # Superuser: whose customer it is decides whether one may change it.
        return {
            partner.id: partner.user_id
            for partner in self.sudo()._filter_managed()
            if partner.active and partner.user_id
        }

    def _owner_changed(self, kind):
        result = super()._owner_changed(kind)
        if kind not in WRITTEN:
            free = self._filter_free()
            free._settle_holdings()
            (self - free)._settle_holdings(lift=kind not in TAKING)
        return result

    def _filter_free(self):
        """Return those whose company does not regulate who has them: no cap holds."""
        companies = self.env["res.company"]
        regulated = companies._get_ids_with_owned_customers()
        if regulated.issuperset(companies._get_all_for_relations().ids):
            return self.browse()
        return self - self._filter_guarded().sudo(self.env.su)

    def _segment_changed(self):
        result = super()._segment_changed()
        self._settle_holdings()
        return result

    @api.model
    def _refresh_sales_figures(self, partner_ids=None):
        changed = super()._refresh_sales_figures(partner_ids)
        limits = map(dict, self.env["crm.pool.quota"]._get_limits())
        if partner_ids and any(limit["exempt"] for limit in limits):
            self.browse(partner_ids)._settle_holdings()
        return changed

    def _settle_holdings(self, lift=True):
        """Let these customers count where they now belong.

        :param lift: whether a counter may rise above its cap
        """
        # Superuser: counters are written by nobody.
        self.env["crm.pool.holding"].sudo()._settle(self.ids, lift)

    @api.model
    def _recount_holdings(self, user_ids):
        """Count all customers of these users anew, where the customers that changed
        are not known.

        :return: how many customers and counters were wrong
        """
        # Superuser: counters are written by nobody.
        return self.env["crm.pool.holding"].sudo()._recount(user_ids)

    def _get_models_of_closed_history(self):
        closed = super()._get_models_of_closed_history()
        return closed | {"crm.pool.seat", "crm.pool.view"}

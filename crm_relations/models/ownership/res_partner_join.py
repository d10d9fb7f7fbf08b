from odoo import fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """A customer becomes a contact of another one, whose owner is its owner then."""

    _inherit = "res.partner"

    def _customers_join(self, customer_by_id):
        self._log_joining(customer_by_id)
        result = super()._customers_join(customer_by_id)
        quietly = self.with_context(mail_auto_subscribe_no_notify=True)
        for contact in quietly:
            customer = self.browse(customer_by_id[contact.id])
            if customer.is_managed_customer and contact.user_id != customer.user_id:
                contact.user_id = customer.user_id
        self._owner_changed("join")
        return result

    def _log_joining(self, customer_by_id):
        self.env["crm.ownership.change"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": partner._get_own_company().id,
                    "kind": "join",
                    "from_user_id": partner.user_id.id,
                    "from_pool_id": partner.pool_id.id,
                    "operator_id": self.env.uid,
                    "facts": {
                        "code": "owner_join",
                        "customer": customer_by_id[partner.id],
                    },
                }
                for partner in self
            ]
        )

    def _get_named_by(self):
        """Who became a contact of one of these is given back what was its own by the
        line that says so."""
        self.env["crm.ownership.change"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT partner_id FROM crm_ownership_change"
                " WHERE kind = 'join' AND (facts ->> 'customer')::int = ANY(%s)",
                self.ids,
            )
        )
        return super()._get_named_by() | self.browse(number for (number,) in rows)

    def _get_joined_at(self, customer_by_id):
        changes = self.env["crm.ownership.change"].search(
            [("partner_id", "in", self.ids), ("kind", "=", "join")],
            order="decided_at, id",
        )
        return {
            change.partner_id.id: (customer_id, fields.Datetime.to_string(moment))
            for change in changes
            if (customer_id := customer_by_id[change.partner_id.id])
            == change.facts.get("customer")
            and (moment := change.decided_at)
        }

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.handover.item"}

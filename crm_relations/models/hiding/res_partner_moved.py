from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

# By these a customer comes into a pool or leaves it, or a contact its customer.
MOVES = frozenset(
    ("pool_id", "parent_id", "is_company", "is_managed_customer")
    + ("commercial_partner_id", "active")
)
WATCHED = MOVES | {"phone", "email"}
WAYS_OUT = ("parent_id", "is_company", "is_managed_customer", "commercial_partner_id")


class ResPartner(models.Model):
    """Hidden values go where the customer, or the contact, goes."""

    _inherit = "res.partner"

    def _check_write(self, vals):
        result = super()._check_write(vals)
        if WATCHED.isdisjoint(vals) or not self.env["crm.pool"]._hides_anything():
            return result
        if not self.env.su:
            self._filter_hidden_from(self.env.user)._check_typed_over(vals)
        self._check_ways_out(vals)
        return result

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if not MOVES.isdisjoint(vals) and self.env["crm.pool"]._hides_anything():
            # Superuser: whose they are, whoever moves them.
            memory["hidden_with"] = self.sudo().commercial_partner_id
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if "hidden_with" in memory:
            # Superuser: as above.
            customers = self.sudo().commercial_partner_id
            (customers - self)._lock_against_hiding()
            memory["hidden_with"]._carry_hidden(customers)
        return result

    def unlink(self):
        if not self.env["crm.pool"]._hides_anything():
            return super().unlink()
        # Superuser: the closed table, and those who stay.
        customers = self.sudo().commercial_partner_id
        self._keep_hidden_for_good()
        customers._surface_hidden()
        result = super().unlink()
        customers.exists()._settle_hidden()
        return result

    def _keep_hidden_for_good(self):
        """What apps of Odoo keep of these contacts names nobody once they are deleted:
        nothing would tell any more whose it is, and that a pool hides it. So it stays
        in the closed table. What names their customer then is hidden with it."""
        # Superuser: the closed table.
        hidden = self.env["crm.hidden.value"].sudo()
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_hidden_value AS kept SET customer_id = NULL
                 WHERE partner_id = ANY(%(ids)s) AND model = ANY(%(models)s)
                   AND customer_id <> ALL(%(ids)s)
                   AND NOT (model = 'mail.message' AND EXISTS (
                       SELECT FROM mail_message AS message
                        WHERE message.id = kept.res_id
                          AND message.model = 'res.partner'))
             RETURNING id
                """,
                ids=self.ids,
                models=hidden._get_keys_of_odoo(),
            )
        )

    def _check_ways_out(self, vals):
        """Nobody takes a contact away from a customer in the pool to see its number.

        :raise UserError: the user may not see what is hidden there
        """
        names = [name for name in WAYS_OUT if name in vals]
        # Also where Odoo writes as superuser in the user's name.
        if not names or self.env.user._is_superuser():
            return
        for partner in self._filter_hidden_from(self.env.user):
            for name in names:
                field = self._fields[name]
                old = field.convert_to_write(partner[name], partner)
                if old != (vals[name] or False):
                    raise UserError(
                        self.env._(
                            "%(customer)s is in the public pool: claim it before you "
                            "change to whom it belongs.",
                            customer=partner.display_name,
                        )
                    )

    def _filter_hidden_from(self, user):
        """Return those whose pool hides something that ``user`` may not be shown. Who
        is no colleague sees nothing but his own anyway."""
        if not self.env["crm.pool"]._hides_anything() or not user._is_internal():
            return self.browse()
        # Superuser: in which pool a customer is.
        return self.sudo().filtered(
            lambda partner: (
                (pool := partner.commercial_partner_id.pool_id)
                and (pool.hides_phone or pool.hides_email)
                and (pool.hides_contacts or partner == partner.commercial_partner_id)
                and not pool._may_show(user)
            )
        )

    def _carry_hidden(self, others):
        """These were the customers of partners that belong to ``others`` now."""
        self.env["res.partner"].flush_model()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_hidden_value AS kept
                   SET customer_id = partner.commercial_partner_id
                  FROM res_partner AS partner
                 WHERE partner.id = kept.partner_id
                   AND kept.customer_id = ANY(%s)
                   AND partner.commercial_partner_id <> kept.customer_id
             RETURNING kept.id
                """,
                self.ids,
            )
        )
        (self | others)._settle_hidden()

    def _surface_hidden(self):
        """Bring back all that is hidden of these customers, for a moment: whoever calls
        this hides it again in the same transaction."""
        if self.env["crm.pool"]._hides_anything():
            # Superuser: the closed table.
            self.env["crm.hidden.value"].sudo()._surface(self.ids)

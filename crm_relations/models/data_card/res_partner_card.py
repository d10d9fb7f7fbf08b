from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools.sentences import join_words


class ResPartner(models.Model):
    """The data card of a customer is closed like its profiles and documents: printed by
    who has the customer, answers for it, or has the card lent."""

    _inherit = "res.partner"

    _confidential_part = "card"

    may_print_card = fields.Boolean(
        compute="_compute_may_print_card", export_string_translation=False
    )

    @api.depends("user_id", "is_managed_customer", "loan_ids.state")
    @api.depends_context("uid")
    def _compute_may_print_card(self):
        rights = self._origin._get_card_rights()
        for partner in self:
            own = partner._origin
            partner.may_print_card = own.is_managed_customer and own.id in rights

    def _get_card_rights(self):
        """Return ``{customer id: right}`` of those whose card the caller may print."""
        user = self.env.user
        rights = self._get_open_rights(user)
        others = [number for number in self.ids if number not in rights]
        if not others:
            return rights
        now = fields.Datetime.now()
        # Superuser: what is lent to the caller.
        loans = self.env["crm.archive.loan"].sudo()
        lent = loans.search(
            [
                ("partner_id", "in", others),
                ("user_id", "=", user.id),
                ("with_card", "=", True),
                ("state", "=", "approved"),
                ("decided_by_id", "!=", False),
                ("starts_at", "<=", now),
                ("ends_at", ">", now),
            ]
        )
        return dict.fromkeys(lent.partner_id.ids, "loan") | rights

    def _check_may_print_cards(self):
        """Refuse where one of these is no customer, or its card is closed.

        :raise UserError, AccessError: names them
        """
        self.check_access("read")
        # Superuser: whether they are customers, whoever asks.
        strange = self.sudo().filtered(lambda one: not one.is_managed_customer)
        if strange or not self:
            names = join_words(self.env, strange[:5].mapped("display_name"))
            raise UserError(self.env._("Choose customers: %s", names))
        rights = self._get_card_rights()
        closed = self.filtered(lambda one: one.id not in rights)
        if closed:
            self.env["crm.confidential.access"]._note_refusal(closed)
            raise AccessError(
                self.env._(
                    "The data card of %(names)s is closed to you: ask for access.",
                    names=join_words(self.env, closed[:5].mapped("display_name")),
                )
            )
        return rights

    def _get_customers_of_sql(self):
        """Return a SELECT of the ids of these and their customers, for the log."""
        return SQL(
            "SELECT id, id AS customer_id FROM res_partner WHERE id = ANY(%s)", self.ids
        )

    def _count_closed(self):
        """The card of somebody else's customer is closed as well."""
        found = super()._count_closed()
        rights = self._origin._get_card_rights()
        # Superuser: whether they are customers, whoever asks.
        for customer in self._origin.sudo().filtered("is_managed_customer"):
            if customer.id not in rights:
                found.setdefault(customer.id, {})["card"] = 1
        return found

    def _tell_closed(self, counts):
        told = super()._tell_closed(counts)
        return [*told, self.env._("Data card: closed")] if counts.get("card") else told

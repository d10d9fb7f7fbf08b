from odoo import models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """The words in which a change of a customer is refused."""

    _inherit = "res.partner"

    def _make_refusal(self, callers, answer, operation):
        """Return the error for a change of this customer.

        Whoever has no right to it in Odoo, or no role of ours, gets Odoo's own refusal,
        which names nobody.

        :param callers: the records in question, with the rights of the caller
        :param answer: the right that is missing
        :param operation: write, create or unlink
        """
        callers.check_access(operation)
        if self._is_outsider() or answer == "decided":
            return self.env["ir.rule"]._make_access_error(operation, callers)
        archive = answer in ("archive", "app", "move")
        if self.pool_id:
            message = self._get_pooled_message(answer)
        elif self.user_id == self.env.user:
            message = self.env._(
                "%(customer)s is yours, but to whom it belongs and by whose rules it "
                "is judged is changed by the leader of your team, a Sales "
                "Administrator or a relations manager.",
                customer=self.display_name,
            )
        elif archive:
            message = self.env._(
                "%(customer)s belongs to %(user)s: propose the change instead. Its "
                "archive is changed by %(user)s, colleagues it is shared with, "
                "custodians, the leader of the team, Sales Administrators and "
                "relations managers.",
                customer=self.display_name,
                user=self.user_id.name,
            )
        else:
            message = self._get_foreign_message()
        return ValidationError(message)

    def _get_pooled_message(self, answer):
        values = {"customer": self.display_name, "pool": self.pool_id.name}
        if answer == "owner":
            return self.env._(
                "%(customer)s is in the public pool “%(pool)s”: claim it there. Only "
                "managers assign it by hand.",
                **values,
            )
        if answer in ("place", "hidden"):
            return self.env._(
                "%(customer)s is in the public pool “%(pool)s”: it stays a customer of "
                "its own.",
                **values,
            )
        return self.env._(
            "%(customer)s is in the public pool “%(pool)s”: claim it before you change "
            "it.",
            **values,
        )

    def _get_foreign_message(self):
        return self.env._(
            "%(customer)s belongs to %(user)s. Only %(user)s, the leader of the team, "
            "Sales Administrators and relations managers may change the salesperson.",
            customer=self.display_name,
            user=self.user_id.name,
        )

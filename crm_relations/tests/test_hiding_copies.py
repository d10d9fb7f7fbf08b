import re

from odoo.tests import tagged

from .common.hiding import HidingCommon

TOLD = re.compile(r"phone|mobile|mail|sms|(^|_)number$|_(from|to|cc)$|recipient|reply")
# Whose value is not the customer's, or that Odoo empties, each with its reason.
OTHERS = {
    "res.company": "our own",
    "res.partner.bank": "numbers of accounts",
    "crm.hidden.value": "the closed table itself",
}
COLUMNS = {
    "res.partner.global_location_number": "no telephone number",
    "mail.message.incoming_email_to": "left out when the message comes in",
    "mail.message.incoming_email_cc": "left out when the message comes in",
    "mail.message.outgoing_email_to": "typed by hand: customers are recipients",
    "mail.message.email_layout_xmlid": "the name of a layout",
    "account.move.line.matching_number": "of a reconciliation",
    "account.bank.statement.line.account_number": "of an account",
    "crm.lead.email_cc": "of third persons",
    "crm.person.profile.id_number": "of an identity card, with rules of its own",
    "crm.sms.log.sms_uuid": "the reference of a message",
}


@tagged("post_install", "-at_install")
class TestHidingCopies(HidingCommon):
    """No stored copy of a customer's number or address is forgotten: neither Odoo's
    nor ours, nor that of the next addon."""

    def test_every_column_that_may_tell_is_known(self):
        known = {
            f"{copy.model}.{name}"
            for copy in self.hidden._get_copies()
            for name in (*copy.phone, *copy.email)
        }
        found = {
            f"{model._name}.{field}"
            for model in filter(self._is_table, map(self.env.get, self.env.registry))
            for field in self._get_told(model)
        }
        self.assertEqual(sorted(found - known - set(COLUMNS)), [])

    def _is_table(self, model):
        """Return whether rows of the model may be of a customer."""
        if model._abstract or model._transient or model._name in OTHERS:
            return False
        return model._auto and self._leads_to_partner(model)

    def _leads_to_partner(self, model):
        return any(
            field.store and field.comodel_name == "res.partner"
            for field in model._fields.values()
            if field.type == "many2one"
        )

    def _get_told(self, model):
        return [
            field.name
            for field in model._fields.values()
            if field.store
            and field.type in ("char", "text")
            and TOLD.search(field.name)
        ]

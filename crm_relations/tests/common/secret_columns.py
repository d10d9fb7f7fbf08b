import re

TOLD = re.compile(r"phone|mobile|mail|sms|(^|_)number$|_(from|to|cc)$|recipient|reply")
# Whose value is not the customer's, or that has rules of its own.
COLUMNS = {
    "res.partner.global_location_number": "no telephone number",
    "mail.message.incoming_email_to": "left out when the message comes in",
    "mail.message.incoming_email_cc": "left out when the message comes in",
    "mail.message.outgoing_email_to": "typed by hand: customers are recipients",
    "mail.message.email_layout_xmlid": "the name of a layout",
    "account.move.line.matching_number": "of a reconciliation",
    "account.bank.statement.line.account_number": "of an account",
    **dict.fromkeys(
        (
            *("crm.card.scan.email", "crm.card.scan.company_email"),
            *("crm.card.scan.phone", "crm.card.scan.company_phone"),
        ),
        "of the card of who scans, seen by nobody else",
    ),
    "crm.club.membership.number": "of a membership",
    "crm.customer.document.number": "of a document, with rules of its own",
    "crm.lead.email_cc": "of third persons",
    "crm.contact.import.line.email": "of the file of who imports, seen by nobody else",
    "crm.contact.import.line.phone": "of the file of who imports, seen by nobody else",
    "crm.referral.number": "of a referral",
    "crm.person.profile.id_number": "of an identity card, with rules of its own",
    "crm.sms.log.sms_uuid": "the reference of a message",
}

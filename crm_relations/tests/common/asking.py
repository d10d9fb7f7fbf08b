import json

from .hiding import EMAIL
from .secret import SecretCommon

# What an export asks for, of whatever model.
COLUMNS = (
    *("id", "display_name", "phone", "email", "email_from"),
    *("partner_id/phone", "partner_id/email", "partner_id/phone_sanitized"),
)
COUNTED = {"limit": 100, "page": 0, "offset": 0}


class AskingCommon(SecretCommon):
    """Arguments for whatever can be asked about Acme, by their names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.order._create_invoices()
        cls.invoice.action_post()
        # What she may print and export as well.
        cls.order.user_id = cls.invoice.invoice_user_id = cls.sally
        cls.sally.group_ids |= cls.env.ref("base.group_allow_export")
        cls.subjects = [
            *(cls.customer, cls.person, cls.lead, cls.order, cls.invoice),
            *(cls.event, cls.registration, cls.meeting, cls.told),
        ]
        cls.tokens = {
            subject: subject._portal_ensure_token()
            for subject in (cls.order, cls.invoice)
        }
        attendees = cls.meeting.attendee_ids
        cls.tokens[cls.meeting] = attendees[:1].access_token
        cls.env.flush_all()

    def _get_value(self, name, subject):
        """Return what a parameter of this name may hold that leads to ``subject``; None
        for whatever else."""
        values = {**COUNTED, **self._get_texts(subject), **self._get_lists(subject)}
        if name in values:
            return values[name]
        if name == "id" or name.endswith("_id"):
            return subject.id
        if name.endswith("ids"):
            return [subject.id]
        return None

    def _get_texts(self, subject):
        token = self.tokens.get(subject, "x")
        names = ("model", "thread_model", "res_model", "model_name")
        return {
            **dict.fromkeys(names, subject._name),
            **dict.fromkeys(("access_token", "token", "_hash"), token),
            **dict.fromkeys(("field", "field_name", "fname"), "email"),
            **dict.fromkeys(("term", "search_term", "search", "query"), "5907"),
            "email": EMAIL,
            "method": "read",
            "reportname": "sale.report_saleorder",
            "converter": "html",
            "report_type": "html",
            "docids": str(subject.id),
            "lang": "en_US",
            "name": "Acme",
            "data": json.dumps(
                {
                    "model": subject._name,
                    "fields": [
                        {"name": column, "label": column, "type": "char"}
                        for column in COLUMNS
                    ],
                    "ids": [subject.id],
                    "domain": [],
                    "groupby": [],
                    "import_compat": False,
                }
            ),
        }

    def _get_lists(self, subject):
        return {
            **dict.fromkeys(("fields", "fields_to_export", "fnames"), [*COLUMNS]),
            "specification": dict.fromkeys(COLUMNS, {}),
            "args": [[subject.id]],
            "kwargs": {},
            "emails": [EMAIL],
            "groupby": ["email"],
            "aggregates": ["__count"],
            "domain": [],
            "fetch_params": {},
            "partner_ids": (self.customer | self.person).ids,
        }

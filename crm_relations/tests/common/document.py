from datetime import timedelta

from odoo import fields

from .relations import RelationsCommon

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00"
    b"\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02"
    b"\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


class DocumentCommon(RelationsCommon):
    """Great Wall of sally; a kind that every customer is asked for, and no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.document.kind"].search([]).active = False
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.licence = cls._create_kind("Licence")
        cls.today = cls.env.user._get_relations_today()

    @classmethod
    def _create_kind(cls, name="Licence", **values):
        return cls.env["crm.document.kind"].create({"name": name, **values})

    @classmethod
    def _create_document(cls, customer=None, kind=None, files=1, **values):
        document = cls.env["crm.customer.document"].create(
            {
                "partner_id": (customer or cls.customer).id,
                "kind_id": (kind or cls.licence).id,
                **values,
            }
        )
        for number in range(files):
            cls._attach(document, f"page {number}.png")
        return document

    @classmethod
    def _attach(cls, document, name="page.png", **values):
        return document.env["ir.attachment"].create(
            {
                "name": name,
                "raw": PIXEL,
                "res_model": document._name,
                "res_id": document.id,
                **values,
            }
        )

    @classmethod
    def _in_days(cls, days):
        return fields.Date.to_string(cls.today + timedelta(days=days))

    def _get_due(self, user=None, **values):
        """Return [(customer, kind, state)] of what is to be got."""
        lines = self.env["crm.document.due"].with_user(user or self.rita)
        ours = [("customer_id", ">=", self.customer.id)]
        found = lines.search(
            [*ours, *((name, "=", value) for name, value in values.items())]
        )
        return [
            (line.customer_id.name, line.kind_id.name, line.state) for line in found
        ]

from odoo.addons.mail.tests.common import MailCase

from .relations import RelationsCommon

PHONE, SHOWN_PHONE = "+86 138 5907 2634", "+86138****2634"
EMAIL, SHOWN_EMAIL = "anna@hidden.example.com", "a***@hidden.example.com"
PERSON_PHONE, PERSON_EMAIL = "+86 139 5907 2634", "bob@hidden.example.com"
LEAD_PHONE, LEAD_EMAIL = "+86 137 5907 2634", "deal@hidden.example.com"
SECRETS = ("59072634", "5907 2634", "anna@hidden", "bob@hidden", "deal@hidden")


class HidingCommon(RelationsCommon, MailCase):
    """Acme with the contact Bob and an opportunity belongs to sam; the pool "Hiding",
    run by max, hides everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hiding = cls.env["crm.pool"].create(
            {"name": "Hiding", "manager_ids": cls.max.ids}
        )
        cls.customer = cls._create_customer(
            "Acme", phone=PHONE, email=EMAIL, user_id=cls.sam.id
        )
        cls.person = cls._create_person(cls.customer, "Bob")
        cls.person.write({"phone": PERSON_PHONE, "email": PERSON_EMAIL})
        cls.lead = cls.env["crm.lead"].create(
            {"name": "Deal", "partner_id": cls.person.id, "type": "opportunity"}
        )
        # Odoo keeps an opportunity and its contact alike: by SQL they differ.
        cls.env.flush_all()
        cls.cr.execute(
            "UPDATE crm_lead SET phone = %s, phone_sanitized = %s, email_from = %s,"
            " email_normalized = %s WHERE id = %s",
            [LEAD_PHONE, "+8613759072634", LEAD_EMAIL, LEAD_EMAIL, cls.lead.id],
        )
        cls.env.invalidate_all()
        cls.hidden = cls.env["crm.hidden.value"].sudo()

    def _release(self, customers=None):
        customers = self.customer if customers is None else customers
        answers = customers.with_user(self.rita).pool_release("-", self.hiding.id)
        self.assertTrue(all(answer["ok"] for answer in answers), answers)
        self.env.invalidate_all()

    def _claim(self, customers=None, user=None):
        customers = self.customer if customers is None else customers
        answers = customers.with_user(user or self.sally).pool_claim()
        self.assertTrue(all(answer["ok"] for answer in answers), answers)
        self.env.invalidate_all()

    def _get_values(self, *records):
        """Return all columns that may be hidden, as the database holds them now."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            (record._name, record.id): {
                name: record[name]
                for copy in self.hidden._get_copies()
                if copy.model == record._name
                for name in (*copy.phone, *copy.email)
            }
            for some in records
            for record in some.sudo()
        }

    def assertHidden(self, *records):
        for key, values in self._get_values(*records).items():
            self.assertFalse(any(values.values()), (key, values))

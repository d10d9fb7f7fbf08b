from odoo.tests import tagged
from odoo.tools import SQL

from .common.hiding import PERSON_EMAIL, PERSON_PHONE, HidingCommon

SECRETS = ("139 5907 2634", "13959072634", PERSON_EMAIL)


@tagged("post_install", "-at_install")
class TestHidingDeleted(HidingCommon):
    """A contact that is deleted leaves its number and address in other records: they
    name nobody any more, and stay hidden all the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.message = cls.customer.message_post(
            body="Hello",
            author_id=cls.person.id,
            email_from=f"Bob <{PERSON_EMAIL}>",
            message_type="email",
        )
        event = cls.env["event.event"].create(
            {
                "name": "Fair",
                "date_begin": "2036-03-02 09:00:00",
                "date_end": "2036-03-02 17:00:00",
            }
        )
        cls.registration = cls.env["event.registration"].create(
            {"event_id": event.id, "partner_id": cls.person.id}
        )
        cls.lead.partner_id = cls.person
        cls.lead.write({"phone": PERSON_PHONE, "email_from": PERSON_EMAIL})
        cls.reception = cls.env["crm.reception"].create(
            {"partner_id": cls.person.id, "phone": PERSON_PHONE}
        )
        cls.env.flush_all()

    def _find_secrets(self):
        """Return the columns of all that may hold a copy in which one stands."""
        self.env.flush_all()
        found = set()
        for copy in self.hidden._get_copies():
            for name in (*copy.phone, *copy.email):
                column = SQL.identifier(name)
                texts = self.env.execute_query(
                    SQL(
                        "SELECT %s::text FROM %s WHERE %s IS NOT NULL",
                        column,
                        SQL.identifier(self.env[copy.model]._table),
                        column,
                    )
                )
                if any(secret in text for (text,) in texts for secret in SECRETS):
                    found.add(f"{copy.model}.{name}")
        return found

    def test_nothing_is_seen_of_a_contact_deleted_in_the_pool(self):
        self.assertGreater(len(self._find_secrets()), 5)
        self._release()
        self.assertFalse(self._find_secrets())
        self.person.unlink()
        self.assertFalse(self._find_secrets())
        self.assertTrue(self.message.exists())

    def test_nor_after_the_customer_was_claimed_and_released_again(self):
        self._release()
        self.person.unlink()
        self._claim()
        self.assertIn(PERSON_EMAIL, self.message.email_from)
        self.assertEqual(self.reception.phone, PERSON_PHONE)
        self._release()
        self.assertFalse(self._find_secrets())

    def test_a_letter_of_who_was_deleted_before_is_hidden(self):
        self.person.unlink()
        self.assertFalse(self.message.author_id)
        self._release()
        self.assertFalse(self.message.email_from)
        self._claim()
        self.assertIn(PERSON_EMAIL, self.message.email_from)

    def test_a_letter_without_an_author_to_a_hidden_customer_is_hidden(self):
        self._release()
        message = self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": self.customer.id,
                "author_id": False,
                "email_from": PERSON_EMAIL,
                "body": "Hello",
            }
        )
        self.env.invalidate_all()
        self.assertFalse(message.email_from)

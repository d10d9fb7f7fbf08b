from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.hiding import EMAIL, PHONE, HidingCommon

LOGGER = "odoo.addons.crm_relations.models.hiding.crm_hidden_guess"
MOST = 3
TRIED = [f"+86 138 000{digit} 2634" for digit in range(6)]


@tagged("post_install", "-at_install")
class TestHidingGuess(HidingCommon):
    """A mask leaves four digits open: nobody tries them all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_relations.hidden_guesses", MOST)
        cls.registry_enter_test_mode_cls()

    def setUp(self):
        super().setUp()
        self._release()

    def _ask(self, number, user=None):
        calls = self.env["crm.followup"].with_user(user or self.sally)
        return calls._read_number(number, self.company)[1]

    def _is_refused(self, ask):
        """Ask without a savepoint: what is written down stays, as in a transaction of
        its own."""
        try:
            ask()
        except UserError as error:
            self.assertIn("look like hidden", str(error))
            return True
        return False

    def _get_guesses(self, user=None):
        self.env.invalidate_all()
        return self.env["crm.hidden.guess"].search(
            [("user_id", "=", (user or self.sally).id)]
        )

    def _guess_until_it_ends(self):
        for number in TRIED[:MOST]:
            self.assertFalse(self._ask(number))

    def test_after_so_many_wrong_ones_neither_wrong_nor_right_is_answered(self):
        self.assertEqual(self._ask(PHONE), self.customer)
        self._guess_until_it_ends()
        with mute_logger(LOGGER):
            for number in (TRIED[MOST], PHONE, TRIED[MOST + 1]):
                self.assertTrue(self._is_refused(lambda: self._ask(number)))  # noqa: B023
        guesses = self._get_guesses()
        self.assertEqual(len(guesses), MOST + 1, "the first refused, not the others")
        self.assertEqual(guesses.mapped("is_refused"), [True, False, False, False])
        self.assertEqual(self._ask(PHONE, self.sam), self.customer)

    def test_an_hour_later_answers_come_again(self):
        self._guess_until_it_ends()
        self.env.cr.execute(
            "UPDATE crm_hidden_guess SET asked_at = asked_at - interval '61 minutes'"
        )
        self.assertEqual(self._ask(PHONE), self.customer)

    def test_the_same_number_asked_again_counts_once(self):
        for _time in range(MOST + 2):
            self.assertFalse(self._ask(TRIED[0]))
        self.assertEqual(len(self._get_guesses()), 1)

    def test_what_does_not_look_like_a_hidden_one_costs_no_statement(self):
        numbers = ("+86 135 0000 2634", "+86 138 0000 2635", "12345", "6500 1234")
        guesses = self.registry["crm.hidden.guess"]
        for number in numbers:
            self._ask(number)
            counted = self._count_statements(lambda: self._ask(number))  # noqa: B023
            with patch.object(guesses, "_is_counted", lambda _self: False):
                free = self._count_statements(lambda: self._ask(number))  # noqa: B023
            self.assertEqual(counted, free, number)
        self.assertFalse(self._get_guesses())

    def test_a_contact_of_ones_own_with_the_number_does_not_help(self):
        self._create_customer("Mine", user_id=self.sally.id, phone=TRIED[0])
        self._ask(TRIED[0])
        self.assertEqual(len(self._get_guesses()), 1)

    def test_many_in_one_question_count_each(self):
        partners = self.env["res.partner"].with_user(self.sally)
        addresses = [f"a{n}@hidden.example.com" for n in range(10 * MOST + 1)]
        found = partners._find_or_create_from_emails(
            [*addresses[2:], EMAIL], no_create=True
        )
        self.assertFalse(any(found[:-1]))
        self.assertEqual(found[-1], self.customer)
        partners._find_or_create_from_emails(addresses[1:2], no_create=True)
        with mute_logger(LOGGER), self.assertRefused("look like hidden", UserError):
            partners.find_or_create(EMAIL)
        with mute_logger(LOGGER), self.assertRefused("look like hidden", UserError):
            partners.find_or_create(addresses[0])

    def test_a_known_wrong_one_beside_it_does_not_help(self):
        self._guess_until_it_ends()
        hidden = self.hidden.with_user(self.sally).sudo()
        keys = [TRIED[0].replace(" ", ""), PHONE.replace(" ", "")]
        with mute_logger(LOGGER), self.assertRefused("look like hidden", UserError):
            hidden._find_partners("phone", keys)

    def test_each_way_of_asking_counts(self):
        address = "abc@hidden.example.com"
        ways = {
            "reception": lambda env: env["crm.reception"]._find_visitor(TRIED[0]),
            "call": lambda env: env["crm.followup"]._read_number(
                TRIED[0], self.company
            ),
            "find": lambda env: env["res.partner"].find_or_create(address),
            "write to": lambda env: env["res.partner"]._find_or_create_from_emails(
                [address], no_create=True
            ),
            "incoming": lambda env: env["mail.message"].create(
                {"body": "x", "incoming_email_to": address}
            ),
            "thread": lambda env: env["mail.thread"]._partner_find_from_emails_single(
                [address], no_create=True
            ),
        }
        for name, ask in ways.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                ask(self.env(user=self.rita))
                self.assertEqual(len(self._get_guesses(self.rita)), 1)
                savepoint.rollback()

    def test_who_brings_what_others_call_is_not_counted(self):
        for user in (self.exchange, self.env.ref("base.user_admin")):
            for number in TRIED:
                self.assertFalse(self._ask(number, user))
            self.assertEqual(self._ask(PHONE, user), self.customer)
            self.assertFalse(self._get_guesses(user))

    def test_managers_see_who_guessed_and_never_what(self):
        self._ask(TRIED[0])
        guess = self._get_guesses()
        for user in (self.max, self.rita):
            seen = guess.with_user(user)
            self.assertEqual(seen.user_id, self.sally)
            self.assertNotIn("asked", seen.fields_get())
            self.assertFalse(seen.has_access("write"))
        self.assertFalse(guess.with_user(self.sally).has_access("read"))
        self._ask(TRIED[0], self.sam)
        self.assertFalse(
            self._get_guesses(self.sam).with_user(self.max).has_access("read")
        )
        guess.asked_at = fields.Datetime.now() - timedelta(days=367)
        guess._forget_old()
        self.assertFalse(guess.exists())

    def test_the_limit_is_in_the_settings(self):
        settings = self.env["res.config.settings"]
        self.assertEqual(settings.create({}).relations_hidden_guesses, MOST)
        settings.create({"relations_hidden_guesses": 5}).execute()
        self.assertEqual(self.env["crm.hidden.guess"]._get_most(), 5)
        with self.assertRefused("1 or more", ValidationError):
            settings.create({"relations_hidden_guesses": 0})

"""GI-3: favours, the balance of a relationship, and what is to be returned."""

from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.care import NOW
from .common.giving import GivingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGivingFavour(GivingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"favour_return_days": 30, "favour_overdrawn_at": 5})
        cls.help = cls.env["crm.favour.kind"].create({"name": "Help", "weight": 3})

    def _do(self, direction="given", user=None, days=0, person=None, **values):
        favours = self.env["crm.favour"].with_user(user or self.sally)
        return favours.create(
            {
                "partner_id": self.acme.id,
                "person_id": (person or self.ann).id,
                "direction": direction,
                "kind_id": self.help.id,
                "name": "Helped out",
                "date": self.today - timedelta(days=days),
                "user_id": favours.env.uid,
                **values,
            }
        )

    def test_the_balance_is_what_we_did_less_what_they_did(self):
        self._do()
        self._do("received", weight=5)
        self._do("received", user=self.sam, person=self.ben, weight=1)
        partners = (self.acme | self.ann | self.ben | self.office).with_user(self.sally)
        self.assertEqual(partners.mapped("favour_balance"), [-3, -2, -1, 0])

    def test_an_overdrawn_relationship_is_warned_of(self):
        self._do("received", weight=4)
        acme = self.acme.with_user(self.sally)
        self.assertFalse(acme.favour_warning)
        self._do("received", weight=1)
        acme.invalidate_recordset()
        self.assertIn("-5", acme.favour_warning)
        self.company.favour_overdrawn_at = 0
        acme.invalidate_recordset()
        self.assertFalse(acme.favour_warning)

    def test_a_favour_without_a_day_yet_is_due_on_none(self):
        favours = self.env["crm.favour"].with_user(self.sally)
        new = favours.new({"partner_id": self.acme.id, "direction": "received"})
        new.date = False
        self.assertFalse(new.return_due)
        new.date = self.today
        self.assertTrue(new.return_due)

    def test_what_was_received_is_to_be_returned_in_time(self):
        late = self._do("received", days=31)
        fresh = self._do("received", days=30)
        self.assertFalse(self._do(days=31).return_due)
        self.assertEqual(fresh.return_due, self.today)
        favours = self.env["crm.favour"].with_user(self.sally)
        of_acme = [("partner_id", "=", self.acme.id)]
        found = favours.search([*of_acme, ("is_overdue", "=", True)])
        self.assertEqual(found, late)
        self.assertIn("favour_return", self._get_cards(self.sally))
        context = late.action_return()["context"]
        self.assertEqual(context["default_direction"], "given")
        back = self._do(returned_ids=context["default_returned_ids"])
        self.assertEqual(late.returned_by_id, back)
        self.assertFalse(late.return_due)

    def test_a_favour_whose_return_is_deleted_is_to_be_returned_again(self):
        late = self._do("received", days=31)
        due = late.return_due
        self._do(returned_ids=[Command.set(late.ids)]).unlink()
        self.assertFalse(late.returned_by_id)
        self.assertEqual(late.return_due, due)

    def test_a_favour_to_be_returned_today_is_not_overdue_yet(self):
        late = self._do("received", days=31)
        fresh = self._do("received", days=30)
        self.assertEqual((late | fresh).mapped("is_overdue"), [True, False])

    def test_a_favour_is_returned_by_the_other_side_of_the_same_customer(self):
        favour = self._do("received")
        with self.assertRaisesRegex(ValidationError, "other side"):
            self._do("received", returned_ids=[Command.set(favour.ids)])
        elsewhere = self._do(partner_id=self.office.id, person_id=self.olive.id)
        with self.assertRaisesRegex(ValidationError, "other side"):
            favour.returned_by_id = elsewhere

    def test_bad_input_is_refused_in_words(self):
        for values in (
            {"partner_id": self.office.id},
            {"date": self.today + timedelta(days=2)},
            {"weight": 0},
            {"weight": 6},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._do(**values)

    def test_who_has_nothing_to_do_with_the_customer_records_nothing(self):
        favour = self._do()
        pooled = self._create_customer("Pooled")
        pooled.pool_id = self.pool
        with self.assertRaises(AccessError):
            self._do(partner_id=pooled.id, person_id=False)
        self.acme.user_id = self.max
        self.acme.share_ids.active = False
        for change in (lambda: favour.write({"weight": 5}), favour.unlink):
            with self.assertRaises(AccessError):
                change()
        self.assertFalse(self.acme.with_user(self.anna).favour_balance)

    def test_history_and_overview_tell_of_it(self):
        self._do("received")
        self._give()
        acme = self.acme.with_user(self.sally)
        [line] = acme.get_history(["favour"])["lines"]
        self.assertIn("Helped out · Ann", line["text"])
        told = {one["code"]: one["value"] for one in acme.get_overview()["conclusions"]}
        self.assertEqual(told["favours"], "-3")
        self.assertIn("100", told["gifts"])
        self.assertNotIn("owed", told)

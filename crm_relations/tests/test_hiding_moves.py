from odoo.tests import tagged

from .common.hiding import (
    EMAIL,
    LEAD_PHONE,
    PERSON_EMAIL,
    PERSON_PHONE,
    PHONE,
    SHOWN_EMAIL,
    SHOWN_PHONE,
    HidingCommon,
)


@tagged("post_install", "-at_install")
class TestHidingMoves(HidingCommon):
    """Values go out of sight with their customer, and come back with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all = (cls.customer, cls.person, cls.lead)

    def test_release_empties_the_columns_and_claim_fills_them(self):
        before = self._get_values(*self.all)
        self.assertEqual(before["crm.lead", self.lead.id]["phone"], LEAD_PHONE)
        self._release()
        self.assertHidden(*self.all)
        self._claim()
        self.assertEqual(self._get_values(*self.all), before)
        self.assertFalse(self.hidden.search([("customer_id", "=", self.customer.id)]))

    def test_what_people_see_instead(self):
        self._release()
        seen = self.customer.with_user(self.sally)
        self.assertEqual(seen.hidden_phone, SHOWN_PHONE)
        self.assertEqual(seen.hidden_email, SHOWN_EMAIL)
        self.assertFalse(seen.phone)
        self._claim()
        self.assertFalse(seen.hidden_phone)
        self.assertEqual(seen.phone, PHONE)

    def test_every_way_into_a_pool_and_out_of_it(self):
        own = self._create_customer("Own", user_id=self.sally.id, phone=LEAD_PHONE)
        before = self._get_values(*self.all)
        out = {
            "assign": lambda: self.customer.with_user(self.max).pool_assign(
                self.sally.id
            ),
            "claim": lambda: self.customer.with_user(self.sally).pool_claim(),
            "form": lambda: self.customer.with_user(self.rita).write(
                {"user_id": self.sally.id}
            ),
            "undo": lambda: (
                self.env["crm.pool.batch"]
                .search([("change_ids.partner_id", "=", self.customer.id)], limit=1)
                .with_user(self.rita)
                .undo()
            ),
            "no customer": lambda: self.customer.with_user(self.rita).write(
                {"is_managed_customer": False}
            ),
            "free pool": lambda: self.customer.with_user(self.rita).pool_move(
                self.pool.id
            ),
            "swap": lambda: self.customer.with_user(self.sally).pool_swap(own.id),
        }
        for way, leave in out.items():
            with self.subTest(way=way), self.cr.savepoint() as savepoint:
                self._release()
                self.assertHidden(*self.all)
                leave()
                self.assertEqual(self._get_values(*self.all), before)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_is_given_up_for_another_is_hidden(self):
        own = self._create_customer("Own", user_id=self.sally.id, phone=LEAD_PHONE)
        self.env["crm.pool"].search([]).write({"hides_phone": True})
        before = self._get_values(*self.all)
        self._release()
        [answer] = self.customer.with_user(self.sally).pool_swap(own.id)
        self.assertTrue(answer["ok"], answer)
        self.assertTrue(own.pool_id)
        self.assertHidden(own)
        self.assertEqual(self._get_values(*self.all), before)
        self.customer.with_user(self.sally).pool_transfer(self.sam.id, "Moves")
        self.assertEqual(self._get_values(*self.all), before)

    def test_import_and_move_hide(self):
        self.customer.user_id = False
        before = self._get_values(*self.all)
        self.customer.with_user(self.rita).join_pool_id = self.hiding
        self.assertHidden(*self.all)
        self.customer.with_user(self.rita).pool_move(self.pool.id)
        self.assertEqual(self._get_values(*self.all), before)
        self.customer.with_user(self.rita).pool_move(self.hiding.id)
        self.assertHidden(*self.all)

    def test_the_settings_of_the_pool_move_what_is_in_it(self):
        before = self._get_values(*self.all)
        self._release()
        self.hiding.hides_phone = False
        self.assertEqual(self.customer.phone, PHONE)
        self.assertFalse(self.customer.email)
        self.assertEqual(self.person.phone, PERSON_PHONE)
        self.hiding.write({"hides_phone": True, "hides_contacts": False})
        self.assertFalse(self.customer.phone)
        self.assertEqual(self.person.phone, PERSON_PHONE)
        self.assertEqual(self.person.email, PERSON_EMAIL)
        self.hiding.write({"hides_phone": False, "hides_email": False})
        self.assertEqual(self._get_values(*self.all), before)
        self.hiding.write({"hides_email": True, "hides_contacts": True})
        self.assertFalse(self.customer.email)
        self.assertEqual(self.customer.phone, PHONE)

    def test_what_is_written_to_a_hidden_customer_is_hidden(self):
        self._release()
        self.customer.write({"phone": "+86 135 0000 1111", "city": "York"})
        self.lead.write({"phone": "+86 135 0000 2222"})
        self.assertHidden(*self.all)
        self.customer.city = "Leeds"
        new = self._create_person(self.customer, "New")
        new.phone = "+86 135 0000 3333"
        self.assertHidden(new)
        self._claim()
        self.assertEqual(self.customer.phone, "+86 135 0000 1111")
        self.assertEqual(self.customer.email, EMAIL)
        self.assertEqual(self.lead.phone, "+86 135 0000 2222")
        self.assertEqual(new.phone, "+86 135 0000 3333")
        self.assertEqual(self.person.phone, PERSON_PHONE)

    def test_stars_are_kept_where_nothing_is_hidden(self):
        partner = self.env["res.partner"].create({"name": "A", "phone": "138****2634"})
        partner.email = "a***@example.com"
        lead = self.env["crm.lead"].create({"name": "L", "phone": "***"})
        self.assertEqual(partner.phone, "138****2634")
        self.assertEqual(partner.email, "a***@example.com")
        self.assertEqual(lead.phone, "***")
        rows = [["B", "139****0000", "b***@example.com"]]
        result = self.env["res.partner"].load(["name", "phone", "email"], rows)
        [imported] = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(imported.phone, "139****0000")
        self.assertEqual(imported.email, "b***@example.com")

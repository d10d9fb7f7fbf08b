from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common.hiding import (
    EMAIL,
    LEAD_PHONE,
    PERSON_PHONE,
    PHONE,
    SHOWN_EMAIL,
    SHOWN_PHONE,
    HidingCommon,
)


@tagged("post_install", "-at_install")
class TestHidingShow(HidingCommon):
    """Who may see a hidden value sees it for a moment, and that is written down."""

    def setUp(self):
        super().setUp()
        self._release()

    def _show(self, record, user):
        return record.with_user(user).action_show_hidden()["params"]["message"]

    def _get_log(self):
        return self.env["crm.hidden.showing"].search([], order="id")

    def test_who_runs_the_pool_is_shown_both_and_logged(self):
        for user in (self.max, self.rita, self.adam):
            with self.subTest(user=user.name):
                self.assertTrue(self.customer.with_user(user).may_show_hidden)
                message = self._show(self.customer, user)
                self.assertIn(PHONE, message)
                self.assertIn(EMAIL, message)
        self.assertRecordValues(
            self._get_log()[:2],
            [
                {
                    "user_id": self.max.id,
                    "partner_id": self.customer.id,
                    "pool_id": self.hiding.id,
                    "kind": kind,
                    "reason": "manager",
                }
                for kind in ("phone", "email")
            ],
        )

    def test_others_are_refused_and_nothing_is_logged(self):
        for user in (self.sally, self.sam, self.carl, self.anna):
            with self.subTest(user=user.name):
                self.assertFalse(self.customer.with_user(user).may_show_hidden)
                with self.assertRefused("runs the pool", AccessError):
                    self._show(self.customer, user)
        self.assertFalse(self._get_log())

    def test_a_group_that_the_pool_names(self):
        self.hiding.show_group_ids = self.env.ref("account.group_account_invoice")
        self.sam.group_ids |= self.env.ref("account.group_account_manager")
        self.assertIn(PHONE, self._show(self.customer, self.sam))
        self.assertEqual(self._get_log()[-1:].reason, "group")
        with self.assertRefused("runs the pool", AccessError):
            self._show(self.customer, self.sally)

    def test_an_opportunity_shows_its_own(self):
        self.lead.user_id = self.max
        self.assertIn(LEAD_PHONE, self._show(self.lead, self.max))
        self.assertEqual(self._get_log().partner_id, self.person)

    def test_the_log_is_read_by_managers_and_written_by_nobody(self):
        self._show(self.customer, self.max)
        logs = self.env["crm.hidden.showing"]
        self.assertTrue(logs.with_user(self.max).search([]))
        self.assertTrue(logs.with_user(self.rita).search([]))
        self.assertFalse(self._get_log().with_user(self.sally).has_access("read"))
        for operation in ("create", "write", "unlink"):
            self.assertFalse(logs.with_user(self.rita).has_access(operation))
        other = self.env["res.company"].create({"name": "Other"})
        self._get_log().company_id = other
        self.assertFalse(logs.with_user(self.rita).search([]))

    def test_nobody_has_access_to_the_table(self):
        for user in (self.sally, self.rita, self.adam, self.env.ref("base.user_admin")):
            table = self.env["crm.hidden.value"].with_user(user)
            for operation in ("read", "create", "write", "unlink"):
                self.assertFalse(table.has_access(operation), user.name)

    def test_a_form_shows_the_mask_and_saves_without_loss(self):
        with Form(self.customer.with_user(self.rita)) as form:
            self.assertEqual(form.hidden_phone, SHOWN_PHONE)
            self.assertEqual(form.hidden_email, SHOWN_EMAIL)
            form.city = "York"
        self._claim()
        self.assertEqual((self.customer.phone, self.customer.city), (PHONE, "York"))

    def test_nobody_types_over_what_he_does_not_see(self):
        self.customer.pool_id.is_editable = True
        with self.assertRefused("hidden until claimed", UserError):
            self.customer.with_user(self.sally).phone = "+86 138 0000 0000"
        self.customer.with_user(self.max).phone = "+86 138 0000 0000"
        self._claim()
        self.assertEqual(self.customer.phone, "+86 138 0000 0000")

    def test_nobody_dials_what_he_does_not_see(self):
        with self.assertRefused("claim it", UserError):
            self.customer.with_user(self.sally).action_call()

    def test_the_owner_of_a_login_sees_the_own_number(self):
        self.assertEqual(self.person.with_user(self.sally)._get_own_value("phone"), "")
        user = self.env["res.users"].create(
            {
                "name": "Bob",
                "login": "bob",
                "partner_id": self.person.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        own = self.person.with_user(user).sudo()
        self.assertEqual(own._get_own_value("phone"), PERSON_PHONE)

    def test_nobody_takes_a_contact_out_of_the_pool(self):
        mine = self._create_customer("Mine", user_id=self.sally.id)
        person = self.person.with_user(self.sally)
        for values in ({"parent_id": mine.id}, {"parent_id": False}):
            with self.assertRefused("public pool", UserError):
                person.write(values)
        self.sally.group_ids |= self.env.ref("base.group_partner_manager")
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.sally)
        with self.assertRefused("hidden until claimed", UserError):
            wizard._merge((mine | self.person).ids, mine, extra_checks=False)

    def test_a_hidden_value_counts_as_filled(self):
        rates = []
        for hides in (False, True):
            self.hiding.write({"hides_phone": hides, "hides_email": hides})
            self.customer._refresh_completeness(self.customer.ids)
            rates.append(self.customer.archive_rate)
        self.assertFalse(self.customer.phone)
        self.assertEqual(*rates)
        names = self.customer.archive_missing_ids.field_id.mapped("name")
        self.assertFalse({"phone", "email"} & set(names))

    def test_a_caller_is_found_by_the_whole_number(self):
        calls = self.env["crm.followup"]
        _digits, found, _certain = calls._read_number(PHONE, self.company)
        self.assertEqual(found, self.customer)
        _digits, found, _certain = calls._read_number("59072634", self.company)
        self.assertFalse(found)

    def test_a_list_costs_one_statement_more_whatever_its_length(self):
        many = self.env["res.partner"].create(
            [
                {
                    "name": f"C{i}",
                    "is_company": True,
                    "is_managed_customer": True,
                    "phone": f"1380000{i:04}",
                }
                for i in range(60)
            ]
        )
        many.pool_id = self.hiding
        names = ["name", "phone"]
        few = self._count_reading(many[:2], [*names, "hidden_phone"])
        self.assertEqual(self._count_reading(many, [*names, "hidden_phone"]), few)
        self.assertEqual(self._count_reading(many, names) + 1, few)
        self.env["crm.pool"].search([]).write(
            {"hides_phone": False, "hides_email": False}
        )
        free = self._count_reading(many, [*names, "hidden_phone"])
        self.assertEqual(free, few - 1, "nothing where nothing is hidden")

    def _count_reading(self, partners, names):
        partners = partners.with_user(self.sally)
        partners.read(names)  # rights and settings are known from now on
        self.env.invalidate_all()
        return self._count_statements(lambda: partners.read(names))

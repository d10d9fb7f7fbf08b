from unittest.mock import patch

from lxml import html

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.mail.tools.discuss import Store

from .common import RelationsCommon

PHONE, SHOWN = "13812345678", "138****5678"
EMAIL, SHOWN_EMAIL = "anna@hidden.example.com", "a***@hidden.example.com"


@tagged("post_install", "-at_install")
class TestPoolMasking(RelationsCommon, MailCase):
    """A number hidden by a pool leaves the server by no door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hiding = cls.env["crm.pool"].create(
            {"name": "Hiding", "manager_ids": cls.max.ids}
        )
        cls.customer = cls._create_customer(
            "Acme", phone=PHONE, email=EMAIL, country_id=cls.env.ref("base.cn").id
        )
        cls.person = cls._create_person(cls.customer)
        cls.person.write({"phone": "13912345678", "email": "bob@hidden.example.com"})
        cls.mine = cls._create_customer(
            "Mine", phone="13712345678", email="c@x.example.com", user_id=cls.sally.id
        )
        cls.customer.pool_id = cls.hiding
        cls.env.flush_all()
        cls.partners = cls.env["res.partner"].with_user(cls.sally)
        cls.seen = cls.customer.with_user(cls.sally)

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def test_reading_masks_customer_and_contacts(self):
        names = ["phone", "email", "email_normalized", "phone_sanitized"]
        [row] = self.seen.read([*names, "email_formatted"])
        self.assertEqual((row["phone"], row["email"]), (SHOWN, SHOWN_EMAIL))
        self.assertEqual(row["email_normalized"], SHOWN_EMAIL)
        self.assertEqual(row["email_formatted"], f'"Acme" <{SHOWN_EMAIL}>')
        self.assertNotIn("1234", row["phone_sanitized"])
        [row] = self.seen.web_read(
            {"phone": {}, "child_ids": {"fields": {"phone": {}, "email": {}}}}
        )
        self.assertEqual(row["phone"], SHOWN)
        self.assertEqual(row["child_ids"][0]["phone"], "139****5678")
        self.assertEqual(row["child_ids"][0]["email"], "b***@hidden.example.com")
        found = self.partners.web_search_read(
            [("id", "in", (self.customer | self.mine).ids)], {"phone": {}}
        )
        shown = {row["id"]: row["phone"] for row in found["records"]}
        self.assertEqual(shown[self.customer.id], SHOWN)
        self.assertEqual(shown[self.mine.id], "13712345678")

    def test_managers_jobs_and_the_claimer_read_all(self):
        for user in (self.max, self.rita, self.adam):
            [row] = self.customer.with_user(user).read(["phone"])
            self.assertEqual(row["phone"], PHONE, user.name)
        self.assertEqual(self.seen.sudo().read(["phone"])[0]["phone"], PHONE)
        for user in (self.sam, self.carl, self.anna):
            [row] = self.customer.with_user(user).read(["phone"])
            self.assertEqual(row["phone"], SHOWN, user.name)
        self.customer.user_id = self.sally
        self.assertEqual(self.seen.read(["phone"])[0]["phone"], PHONE)

    def test_the_cache_keeps_the_truth(self):
        self.seen.read(["phone"])
        self.assertEqual(self.customer.sudo().phone, PHONE)
        self.env.invalidate_all()
        self.assertEqual(self.seen.phone, PHONE, "server code in a user's name")
        self.partners.search_fetch([("id", "=", self.seen.id)], ["phone", "name"])
        self.assertEqual(self.customer.sudo().phone, PHONE)

    def test_a_pool_hides_what_it_says(self):
        self.hiding.hides_phone = False
        [row] = self.seen.read(["phone", "email"])
        self.assertEqual((row["phone"], row["email"]), (PHONE, SHOWN_EMAIL))
        self.hiding.write({"hides_phone": True, "hides_contacts": False})
        person = self.person.with_user(self.sally)
        self.assertEqual(person.read(["phone"])[0]["phone"], "13912345678")
        self.assertEqual(self.seen.read(["phone"])[0]["phone"], SHOWN)
        found = self.partners.search([("phone", "=like", "139%")])
        self.assertIn(self.person, found)
        self.assertNotIn(self.customer, self.partners.search([("phone", "!=", False)]))

    def test_searching_does_not_tell(self):
        for domain in (
            [("phone", "=", PHONE)],
            [("phone", "=like", "138%")],
            [("phone_sanitized", "ilike", "1234")],
            [("email", "ilike", "anna")],
            [("email_normalized", "=", EMAIL)],
            [("phone_mobile_search", "ilike", "13812345")],
            [("phone_mobile_search", "=", PHONE)],
            [("phone", ">", "137"), ("phone", "<", "139")],
            [("child_ids.phone", "ilike", "1391234")],
            [("child_ids", "any", [("email", "ilike", "bob")])],
            ["!", ("phone", "=", False)],
        ):
            with self.subTest(domain=domain):
                domain = [("id", "in", (self.customer | self.person).ids), *domain]
                self.assertFalse(self.partners.search(domain))
                self.assertFalse(self.partners.search_count(domain))
                self.assertTrue(self.env["res.partner"].search(domain))
        leads = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": self.customer.id, "type": "opportunity"}
        )
        leads = leads.with_user(self.max).with_user(self.sally)
        leads.sudo().user_id = self.sally
        self.assertFalse(leads.search([("partner_id.phone", "ilike", "1234")]) & leads)

    def test_names_do_not_tell(self):
        shown = self.seen.with_context(show_email=True)
        self.assertIn(SHOWN_EMAIL, shown.display_name)
        self.assertNotIn(EMAIL, shown.read(["display_name"])[0]["display_name"])
        found = self.partners.with_context(show_email=True).name_search("Acme")
        self.assertNotIn(EMAIL, repr(found))
        self.assertFalse(
            [
                n
                for n, _t in self.partners.name_search("anna@hidden")
                if n == self.seen.id
            ]
        )
        order = self._create_order(self.mine, 5, confirm=False)
        order.write({"partner_id": self.customer.id, "user_id": self.sally.id})
        order = order.with_user(self.sally).with_context(show_email=True)
        self.assertNotIn(EMAIL, repr(order.read(["partner_id"])))

    def test_groups_and_orders_do_not_tell(self):
        domain = [("id", "in", (self.customer | self.mine).ids)]
        for groupby in ("phone", "email", "email_normalized"):
            found = self.partners.formatted_read_group(domain, [groupby], ["__count"])
            self.assertNotIn("1381", repr(found))
            self.assertNotIn("anna", repr(found))
        found = self.partners.formatted_read_group(
            domain, [], ["phone:max", "email:min", "phone:array_agg"]
        )
        self.assertNotIn("1381", repr(found))
        self.assertNotIn("anna", repr(found))
        first = self.partners.search([*domain], order="phone", limit=1)
        self.assertEqual(first, self.mine, "no value comes last, whatever it is")

    def test_exports_are_masked(self):
        both = (self.seen | self.mine.with_user(self.sally)).with_context(
            import_compat=False
        )
        self.sally.group_ids += self.env.ref("base.group_allow_export")
        rows = both.export_data(["name", "phone", "email", "child_ids/phone"])["datas"]
        self.assertEqual(rows[0], ["Acme", SHOWN, SHOWN_EMAIL, "139****5678"])
        self.assertEqual(rows[1][:2], ["Mine", "13712345678"])
        order = self._create_order(self.mine, 5, confirm=False)
        order.write({"partner_id": self.customer.id, "user_id": self.sally.id})
        order = order.with_user(self.sally)
        rows = order.export_data(["name", "partner_id/phone", "partner_id/email"])
        self.assertEqual(rows["datas"][0][1:], [SHOWN, SHOWN_EMAIL])

    def test_a_mask_written_back_changes_nothing(self):
        self.hiding.is_editable = True
        self.seen.write({"phone": SHOWN, "email": SHOWN_EMAIL, "city": "Leeds"})
        self.assertEqual(self.customer.phone, PHONE)
        self.assertEqual((self.customer.email, self.customer.city), (EMAIL, "Leeds"))
        with self.assertRefused("hidden until"):
            self.seen.phone = "137****5678"
        self.customer.with_user(self.rita).write({"phone": SHOWN})
        self.assertEqual(self.customer.phone, PHONE, "nor from a file of a colleague")
        self.seen.phone = "13800000000"
        self.assertEqual(self.customer.phone, "13800000000")

    def test_a_form_shows_the_mask_and_keeps_what_is_typed(self):
        self.hiding.is_editable = True
        with Form(self.seen) as form:
            self.assertEqual(form.phone, SHOWN)
            form.city = "York"
        self.assertEqual((self.customer.phone, self.customer.city), (PHONE, "York"))
        with Form(self.seen) as form:
            form.phone = "13855556666"
        self.assertIn("13855556666", self.customer.phone.replace(" ", ""))

    def test_copies_cards_and_calls_do_not_tell(self):
        self.assertFalse(self.seen.copy().sudo().phone)
        card = self.seen._build_vcard()
        self.assertNotIn("1381", card.serialize())
        self.assertNotIn("anna", card.serialize())
        with self.assertRefused("claim it", UserError):
            self.seen.action_call()

    def test_nobody_takes_a_contact_out_of_the_pool(self):
        person = self.person.with_user(self.sally)
        for values in (
            {"parent_id": self.mine.id},
            {"parent_id": False},
            {"is_company": True},
        ):
            with self.assertRefused("public pool", UserError):
                person.write(values)
        with self.assertRefused("public pool", UserError):
            self.seen.is_managed_customer = False
        # In a form Odoo writes lines as the user whose request it is.
        sally = patch.object(self.env.transaction, "default_env", self.seen.env)
        with sally, self.assertRefused("public pool", UserError):
            self.mine.with_user(self.sally).child_ids = [Command.link(self.person.id)]

    def test_opportunities_do_not_tell(self):
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": self.customer.id, "user_id": self.sally.id}
        )
        self.assertEqual(lead.phone, PHONE)
        [row] = lead.with_user(self.sally).read(["phone", "email_from"])
        self.assertEqual((row["phone"], row["email_from"]), (SHOWN, SHOWN_EMAIL))
        form = Form(self.env["crm.lead"].with_user(self.sally))
        form.name = "Another"
        form.partner_id = self.seen
        self.assertFalse(form.phone)
        self.assertFalse(form.email_from)
        another = form.save()
        self.assertFalse(another.sudo().phone)
        self.assertEqual(self.customer.phone, PHONE)
        found = (
            self.env["crm.lead"]
            .with_user(self.sally)
            .search([("id", "=", lead.id), ("phone", "ilike", "1234")])
        )
        self.assertFalse(found)

    def test_the_chatter_does_not_tell(self):
        customer = self.customer.with_context(tracking_disable=False)
        customer.message_post(body="Hello")
        self.flush_tracking()
        customer.phone = "13811112222"
        customer.flush_recordset()
        self.flush_tracking()
        values = (
            self.env["mail.tracking.value"]
            .sudo()
            .search(
                [
                    ("mail_message_id.res_id", "=", customer.id),
                    ("field_id.name", "=", "phone"),
                ]
            )
        )
        self.assertTrue(values)
        self.assertFalse(values._filter_has_field_access(self.seen.env))
        rita = self.env(user=self.rita)
        self.assertEqual(values._filter_has_field_access(rita), values)
        proposed = self.seen._message_get_suggested_recipients()
        self.assertNotIn(EMAIL, repr(proposed))
        self.customer.message_subscribe(self.customer.ids)
        followers = (
            self.env["mail.followers"]
            .with_user(self.sally)
            .search_read(
                [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)],
                ["email", "partner_id"],
            )
        )
        self.assertNotIn(EMAIL, repr(followers))
        for user, shown in ((self.sally, SHOWN_EMAIL), (self.max, EMAIL)):
            found = self.customer.message_follower_ids.with_user(user)
            stored = repr(Store().add(found).get_result())
            self.assertIn(shown, stored)
            self.assertEqual(EMAIL in stored, user == self.max)
        told = self.customer.message_post(
            body="Hello", partner_ids=self.customer.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(told.notification_ids)
        for user in (self.sally, self.max):
            stored = repr(Store().add(told.with_user(user)).get_result())
            self.assertEqual(EMAIL in stored, user == self.max)

    def test_granting_access_to_the_portal_does_not_tell(self):
        self.sally.group_ids |= self.env.ref("base.group_partner_manager")
        wizard = self.env["portal.wizard"].with_user(self.sally)
        wizard = wizard.create({"partner_ids": self.customer.ids})
        [row] = wizard.user_ids.read(["email"])
        self.assertEqual(row["email"], SHOWN_EMAIL)
        wizard.user_ids.write({"email": SHOWN_EMAIL})
        self.assertEqual(wizard.user_ids.sudo().email, EMAIL)

    def test_papers_do_not_tell(self):
        field = self.env["ir.qweb.field"].with_user(self.sally)
        self.assertEqual(field.record_to_html(self.seen, "phone", {}), SHOWN)
        contact = self.env["ir.qweb.field.contact"].with_user(self.sally)
        block = html.fromstring(str(contact.value_to_html(self.seen, {})))
        self.assertNotIn(PHONE, block.text_content())
        self.assertNotIn(EMAIL, block.text_content())

    def test_no_message_to_a_hidden_number(self):
        composer = (
            self.env["sms.composer"]
            .with_user(self.sally)
            .create(
                {"res_model": "res.partner", "res_id": self.seen.id, "body": "Hello"}
            )
        )
        self.assertFalse(composer.recipient_single_number)
        self.assertFalse(composer.recipient_single_number_itf)
        with self.assertRefused("claim them", UserError):
            composer._action_send_sms()

    def test_meetings_events_and_calls_do_not_tell(self):
        meeting = (
            self.env["calendar.event"]
            .with_user(self.sally)
            .create(
                {
                    "name": "Visit",
                    "start": "2026-03-02 10:00:00",
                    "stop": "2026-03-02 11:00:00",
                    "partner_ids": [Command.link(self.seen.id)],
                }
            )
        )
        rows = meeting.attendee_ids.read(["email", "phone"])
        self.assertNotIn(EMAIL, repr(rows))
        self.assertNotIn(PHONE, repr(rows))
        call = self._create_followup(self.customer)
        call.sudo().call_number = "+8613812345678"
        [row] = call.with_user(self.max).read(["call_number"])
        self.assertEqual(row["call_number"], "+8613812345678")
        [row] = call.with_user(self.sally).read(["call_number"])
        self.assertEqual(row["call_number"], "+86138****5678")

    def test_the_number_of_statements_is_constant(self):
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
        few = self._count_reading(many[:2])
        self.assertEqual(self._count_reading(many[2:]), few)
        self.hiding.write({"hides_phone": False, "hides_email": False})
        free = self._count_reading(many)
        self.assertLessEqual(few - free, 3)
        plain = self._count_reading(many, models.BaseModel._read_format)
        self.assertEqual(free, plain, "nothing where nothing is hidden")

    def _count_reading(self, partners, reader=None):
        partners = partners.with_user(self.sally)
        reader = reader or type(partners)._read_format
        self.env.invalidate_all()
        reader(partners, ["phone"])  # rights and masking are known from now on
        self.env.invalidate_all()
        return self._count_statements(lambda: reader(partners, ["phone"]))

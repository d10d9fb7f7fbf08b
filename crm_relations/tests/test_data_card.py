import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common.lending import LendingCommon

REPORT = "crm_relations.crm_customer_card"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestDataCard(LendingCommon):
    """AR-9: one page about a customer, printed for one or many."""

    def _print(self, user=None, customers=None):
        """Return the text of the cards."""
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["ir.actions.report"].with_user(user or self.sally)
        ids = (customers or self.customer).ids
        html, _kind = report._render_qweb_html(REPORT, ids)
        return re.sub(r"\s+", " ", html.decode())

    def _get_log(self):
        log = self.env["crm.confidential.access"].search([("part", "=", "card")])
        return [(line.user_id, line.way, line.access_right) for line in log]

    def test_it_says_what_the_first_page_says(self):
        self.customer.write({"city": "Qingdao", "phone": "+86 532 1234"})
        self._create_order(self.customer, 500, days_ago=3)
        self._create_followup(self.customer, purpose="Asked about the fair")
        text = self._print()
        for told in (
            *("Great Wall", "Salesperson: Sally", "Qingdao", "+86 532 1234"),
            *("Li Wei", "Supporter", "500.00", "<svg", "Asked about the fair"),
            "Printed by Sally",
        ):
            with self.subTest(told):
                self.assertIn(told, text)
        self.assertEqual(self._get_log(), [(self.sally, "printed", "owner")])

    def test_a_reason_does_not_say_the_value_again(self):
        for why in ("New: 3 orders", "New：3 orders"):
            told = self.customer._tell_card_why({"value": "New", "why": why})
            self.assertEqual(told, "3 orders")
        for why in ("", "Newer: 3 orders"):
            told = self.customer._tell_card_why({"value": "New", "why": why})
            self.assertEqual(told, why)

    def test_what_is_lent_with_the_card_opens_it_to_who_borrows(self):
        self._lend(parts=("card",))
        rights = {
            user: self.customer.with_user(user)._get_card_rights()
            for user in (self.sam, self.anna)
        }
        self.assertEqual(rights[self.sam], {self.customer.id: "loan"})
        self.assertEqual(rights[self.anna], {})

    def test_a_choice_is_told_by_its_label(self):
        field = self.customer._fields["credit_standing"]
        labels = dict(field._description_selection(self.env))
        for value, label in labels.items():
            self.assertEqual(self.customer._tell_card_field(field, value), label)

    def test_it_is_closed_to_who_has_nothing_to_do_with_the_customer(self):
        for user in (self.sam, self.anna):
            with self.assertRaises(AccessError) as caught:
                self._print(user)
            self.assertIn("Great Wall", str(caught.exception))
            self.assertFalse(self.customer.with_user(user).may_print_card)
        for user in (self.sally, self.max, self.carl, self.rita):
            self.assertIn("Great Wall", self._print(user))
            self.assertTrue(self.customer.with_user(user).may_print_card)
        mine = self._create_customer("Mine", user_id=self.sam.id)
        with self.assertRaises(AccessError):
            self._print(self.sam, mine | self.customer)

    def test_a_loan_of_the_card_opens_it_and_nothing_else(self):
        own = self.customer.with_user(self.sam)
        self.assertIn("Data card: closed", own.closed_parts)
        loan = self._lend(parts=["card"])
        text = self._print(self.sam)
        self.assertIn("Supporter", text)
        self.assertNotIn("Quiet", text)
        self.assertFalse(self._reads())
        self.assertEqual(self._get_log(), [(self.sam, "printed", "loan")])
        self.assertNotIn("Data card", own.closed_parts or "")
        with freeze_time(loan.ends_at), self.assertRaises(AccessError):
            self._print(self.sam)
        loan._end("returned")
        self._lend(parts=["profiles", "documents"])
        with self.assertRaises(AccessError):
            self._print(self.sam)

    def test_who_works_along_sees_attitude_only_where_the_profile_is_open(self):
        self.customer.share_with(self.sam.id)
        self.customer.with_user(self.sally).share_with(self.sam.id)
        self.assertIn("Supporter", self._print(self.sam))

    def test_what_a_pool_hides_is_masked(self):
        self.pool.write({"hides_phone": True})
        self.customer.phone = "+86 138 1234 5678"
        self.customer.with_user(self.sally).pool_release("No time")
        text = self._print(self.carl)
        self.assertNotIn("1234 5678", text)
        self.assertIn("5678", text)
        self.assertIn("In the public pool", text)

    def test_contacts_that_are_no_customers_have_none(self):
        partner = self.env["res.partner"].create({"name": "Postman"})
        with self.assertRaises(UserError):
            self._print(self.rita, partner)
        # Of a person, the card of its customer.
        self.assertIn("Great Wall", self._print(self.sally, self.person))

    def test_who_fills_everything_still_gets_one_page(self):
        sections = self.customer._get_card_sections()
        for _title, lines in sections:
            for _label, name in lines:
                if self.customer._fields[name].type in ("char", "text"):
                    self.customer[name] = "资料很多，写也写不完 " * 40
        [card] = self.customer.with_user(self.sally)._get_data_cards()
        self.assertGreater(len(card["sections"]), 2)
        rows = sum(len(lines) for _title, lines in card["sections"])
        self.assertLessEqual(rows, 20)  # of two lines each
        for _title, lines in card["sections"]:
            self.assertTrue(lines)

    def test_long_texts_are_cut(self):
        self.customer.service_areas = "Everything and more " * 500
        self._create_followup(self.customer, content="Said a lot " * 500)
        self.assertLess(len(self._print()), 30_000)

    def test_fifty_take_as_many_statements_as_five(self):
        customers = self._create_customers(50, user_id=self.sally.id, city="Wuhan")
        for number, customer in enumerate(customers):
            self._create_person(customer, f"P{number}", attitude="neutral")
            self._create_followup(customer, purpose=f"Called {number}")
        self._create_scheme().run()
        self.env.flush_all()
        report = self.env["report.crm_relations.crm_customer_card"]
        report = report.with_user(self.sally)

        def read(some):
            self.env.invalidate_all()
            report._get_report_values(some.ids)

        read(customers)
        counts = []
        for some in (customers[:5], customers):
            self.env["crm.confidential.access"].search([]).unlink()
            self.env.invalidate_all()
            counts.append(self._count_statements(lambda some=some: read(some)))
        self.assertEqual(*counts)

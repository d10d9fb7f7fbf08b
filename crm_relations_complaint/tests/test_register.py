"""CO-1, CO-10: the register, its triage, and what is like it."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common.complaint import ComplaintCommon


@tagged("post_install", "-at_install")
class TestRegister(ComplaintCommon):
    def test_a_number_is_drawn_at_the_first_report(self):
        first, second = self._register(), self._register()
        self.assertRegex(first.name, r"^CP/\d{4}/\d{5}$")
        self.assertEqual(int(second.name[-5:]), int(first.name[-5:]) + 1)

    def test_who_registers_was_asked_first_and_answers(self):
        complaint = self._register()
        self.assertEqual(complaint.first_asked_id, self.desk)
        self.assertEqual(complaint.user_id, self.desk)
        self.assertEqual(complaint.state, "new")
        self.assertEqual(complaint.event_ids.mapped("kind"), ["registered"])

    def test_a_contact_is_taken_as_the_complainant_of_its_customer(self):
        complaint = self._register(partner_id=self.person.id)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.person_id, self.person)

    def test_the_form_registers_like_the_method(self):
        form = Form(self.env["crm.complaint"].with_user(self.desk))
        form.subject = "No heating"
        form.partner_id = self.person
        complaint = form.save()
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.person_id, self.person)
        self.assertEqual(complaint.sudo().event_ids.mapped("kind"), ["registered"])

    def test_an_unknown_caller_leaves_something_to_be_found_by(self):
        values = {"subject": "Noise", "partner_id": False}
        with self.assertRaisesRegex(ValidationError, "Who complains"):
            self._register(**values)
        self.assertTrue(self._register(**values, caller_phone="+8613800000001"))

    def test_without_a_subject_the_first_words_are_it(self):
        said = "The engine stops " * 10
        complaint = self._register(subject="", facts=f"{said}\nAnd more")
        self.assertTrue(complaint.subject.startswith("The engine stops"))
        self.assertLessEqual(len(complaint.subject), 82)
        with self.assertRaisesRegex(ValidationError, "Give a subject"):
            self._register(subject="")

    def test_severity_puts_safety_first(self):
        for impact, complexity, is_safety, expected in (
            ("low", "low", False, "1"),
            ("low", "high", False, "2"),
            ("medium", "medium", False, "2"),
            ("high", "low", False, "3"),
            ("high", "high", False, "3"),
            ("low", "low", True, "4"),
        ):
            complaint = self._register(
                impact=impact, complexity=complexity, is_safety=is_safety
            )
            self.assertEqual(complaint.severity, expected, (impact, complexity))

    def test_an_unsafe_category_is_critical(self):
        self.assertEqual(self._register(category_id=self.unsafe.id).severity, "4")

    def test_what_is_wrong_is_named(self):
        for values, words in (
            ({"severity": "9"}, "Severity"),
            ({"partner_id": 2**31 - 1}, "Customer"),
            ({"partner_id": "x"}, "Customer"),
            ({"occurred_on": "yesterday"}, "Occurred"),
            ({"state": "closed"}, "state"),
            ({"first_asked_id": 1}, "first_asked_id"),
            ({"nonsense": 1}, "nonsense"),
        ):
            with self.assertRaisesRegex(ValidationError, words, msg=values):
                self._register(**values)

    def test_what_methods_decide_is_written_by_nobody(self):
        complaint = self._register().with_user(self.olga)
        for name, value in (
            ("state", "closed"),
            ("user_id", self.olga.id),
            ("first_asked_id", self.olga.id),
            ("registered_at", "2020-01-01"),
            ("round", 7),
            ("waiting_for_id", self.olga.id),
        ):
            with self.assertRaises(UserError, msg=name):
                complaint.write({name: value})
            with self.assertRaises(UserError, msg=name):
                complaint.create(
                    {"subject": "x", "partner_id": self.customer.id, name: value}
                )

    def test_nothing_is_deleted(self):
        complaint = self._register()
        with self.assertRaises(UserError):
            complaint.with_user(self.mona).unlink()
        with self.assertRaises(UserError):
            complaint.event_ids.with_user(self.mona).unlink()

    def test_who_has_no_part_in_it_does_not_read_it(self):
        complaint = self._register()
        clerk = new_test_user(self.env, "clerk", groups="crm_relations.group_user")
        self.assertFalse(complaint.with_user(clerk).has_access("read"))
        self.assertFalse(complaint.event_ids.with_user(clerk).has_access("read"))
        self.assertTrue(complaint.with_user(self.olga).has_access("write"))

    def test_the_owner_of_the_customer_reads_it_only(self):
        self.customer.user_id = self.sally
        complaint = self._register().with_user(self.sally)
        self.assertTrue(complaint.has_access("read"))
        self.assertFalse(complaint.has_access("write"))
        self.assertAnswers(complaint.record_contact("Hello"), "no_right")

    def test_similar_ones_are_shown_while_typing(self):
        first = self._register(lot="LSVAB4BR8GN123456")
        found = self.env["crm.complaint"].with_user(self.olga)
        by_lot = found.find_similar({"lot": " lsvab4br8gn123456", "subject": "x"})
        self.assertEqual([row["id"] for row in by_lot], first.ids)
        self.assertFalse(by_lot[0]["is_repeat"])
        by_customer = found.find_similar(
            {"partner_id": self.person.id, "category_id": self.category.id}
        )
        self.assertTrue(by_customer[0]["is_repeat"])

    def test_the_same_of_the_same_customer_is_a_repeat(self):
        first = self._register()
        self.assertFalse(first.is_repeat)
        again = self._register()
        self.assertEqual(again.repeat_of_id, first)
        other = self._register(category_id=self.unsafe.id)
        self.assertFalse(other.is_repeat)

    def test_a_repeat_counts_within_the_days_of_the_company(self):
        first = self._register()
        self.company.complaint_similar_days = 0
        self.env.cr.execute(
            "UPDATE crm_complaint SET registered_at = registered_at - INTERVAL '1 s'"
            " WHERE id = %s",
            [first.id],
        )
        first.invalidate_recordset()
        self.assertFalse(self._register().is_repeat)

    def test_duplicates_are_merged_and_nothing_is_lost(self):
        target, source = self._register(), self._register()
        file = self.env["ir.attachment"].create(
            {"name": "a.txt", "res_model": source._name, "res_id": source.id}
        )
        answers = source.with_user(self.olga).merge_into(target.id)
        self.assertAnswers(answers, "ok")
        self.assertEqual(source.state, "merged")
        self.assertEqual(source._get_merged_target(), target)
        self.assertEqual(file.res_id, target.id)
        last = self._register()
        self.assertAnswers(target.with_user(self.olga).merge_into(last.id), "ok")
        self.assertEqual(source.merged_into_id, last)

    def test_nothing_is_merged_into_itself_or_what_is_closed(self):
        target, source = self._register(), self._register()
        self.assertAnswers(target.with_user(self.olga).merge_into(target.id), "blocked")
        target.with_user(self.olga).withdraw("It was a mistake")
        self.assertAnswers(source.with_user(self.olga).merge_into(target.id), "blocked")
        self.assertAnswers(source.with_user(self.olga).merge_into(0), "blocked")

    def test_the_terms_of_a_dealer_are_taken_into_use(self):
        tires = self.env.ref(
            "crm_relations_complaint.crm_complaint_category_dealer_vehicle_tires"
        )
        self.assertFalse(tires.active)
        self.env["res.config.settings"].create({}).action_use_dealer_terms()
        self.assertTrue(tires.active)
        self.assertEqual(tires.display_name, "Vehicle / Tires")

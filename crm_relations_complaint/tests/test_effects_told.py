"""CO-12: what others are told of a customer's complaints, and who leaves."""

from odoo.tests import tagged

from .common.effects import EffectsCommon


@tagged("post_install", "-at_install")
class TestEffectsTold(EffectsCommon):
    def _get_lines(self, user):
        history = self.customer.with_user(user).get_history(["complaint"])
        return [(line["title"], line["res_id"]) for line in history["lines"]]

    def test_the_timeline_tells_what_is_news_to_the_owner(self):
        complaint = self._register()
        officer = complaint.with_user(self.olga)
        officer.hand_over(self.olga.id)
        officer.accept()
        officer.record_contact("Will look into it")
        officer.tell_decision("Repair")
        self._end(complaint)
        told = ["Closed", "Confirmed by the customer", "Decision told", "Registered"]
        for user in (self.sally, self.olga):
            lines = self._get_lines(user)
            self.assertEqual([title for title, _id in lines], told, user.name)
            self.assertEqual({number for _title, number in lines}, {complaint.id})

    def test_the_timeline_says_whose_act_it_was(self):
        complaint = self._register()
        complaint._record("confirmed")
        complaint.event_ids[:1].sudo().user_id = False
        history = self.customer.with_user(self.olga).get_history(["complaint"])
        by = {line["by"] for line in history["lines"]}
        self.assertEqual(by, {self.env.user.name, "The customer"})

    def test_the_timeline_finds_a_word_of_the_subject(self):
        self._register(subject="It rattles")
        customer = self.customer.with_user(self.sally)
        self.assertTrue(customer.get_history(["complaint"], text="RATTLE")["lines"])
        self.assertFalse(customer.get_history(["complaint"], text="smoke")["lines"])

    def test_the_first_page_shows_the_open_ones_first(self):
        closed = self._register(subject="Old", impact="high")
        self._end(closed)
        gone = self._register(subject="Gone")
        self.assertAnswers(gone.with_user(self.olga).withdraw("Nothing"), "ok")
        opened = self._register(subject="Now")
        serious = self._register(subject="Fire", impact="high")
        lines = self.customer.with_user(self.sally).get_overview()["complaints"]
        self.assertEqual(
            [line["id"] for line in lines], [serious.id, opened.id, closed.id]
        )
        self.assertEqual(
            [(line["is_open"], line["is_serious"]) for line in lines],
            [(True, True), (True, False), (False, False)],
        )
        self.assertEqual({line["count"] for line in lines}, {3})

    def test_a_reader_who_is_not_concerned_is_told_nothing(self):
        complaint = self._register(user=self.olga)
        stranger = self.customer.with_user(self.sam)
        self.assertFalse(stranger.get_overview()["complaints"])
        self.assertFalse(stranger.get_history(["complaint"])["lines"])
        self.assertFalse(stranger.complaint_count)
        self.assertEqual(self.customer.with_user(self.sally).complaint_count, 1)
        self.assertTrue(complaint.with_user(self.sally).has_access("read"))
        self.assertFalse(complaint.with_user(self.sally).has_access("write"))

    def test_the_customer_opens_as_many_complaints_as_it_counts(self):
        self._register()
        self._register(partner_id=self.person.id)
        for record in (self.customer, self.person):
            record = record.with_user(self.olga)
            action = record.action_view_complaints()
            found = self.env["crm.complaint"].search(action["domain"])
            self.assertEqual((record.complaint_count, len(found)), (2, 2))
        context = self.person.action_register_complaint()["context"]
        self.assertEqual(context["default_partner_id"], self.customer.id)
        self.assertEqual(context["default_person_id"], self.person.id)

    def test_merged_customers_keep_their_complaints(self):
        twin = self._create_customer("Twin")
        complaint = self._register(partner_id=twin.id)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin | self.customer).ids, self.customer
        )
        complaint.invalidate_recordset()
        self.assertEqual(complaint.partner_id, self.customer)

    def test_what_a_leaver_answers_for_goes_back_to_who_was_asked_first(self):
        taken, own, asked = self._register(), self._register(), self._register()
        for complaint in (taken, asked):
            complaint.with_user(self.desk).hand_over(self.olga.id)
        taken.with_user(self.olga).accept()
        own.write({"first_asked_id": self.olga.id, "user_id": self.olga.id})
        self.olga.with_user(self.env.user).action_archive()
        self.assertEqual(taken.user_id, self.desk)
        self.assertFalse(own.user_id)
        self.assertEqual(asked.user_id, self.desk)
        self.assertFalse(asked.waiting_for_id)
        self.assertEqual(asked.handover_ids.state, "lapsed")
        for complaint in (taken, own, asked):
            self.assertIn("has left", complaint.event_ids[:1].note)
        self.assertIn(f"now {self.desk.name} answers", taken.event_ids[:1].note)
        self.assertIn("now nobody answers", own.event_ids[:1].note)
        # An officer takes what nobody answers for.
        self.assertAnswers(own.with_user(self.oscar).accept(), "ok")

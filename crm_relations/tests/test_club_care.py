from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common.care import NOW, CareCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClubCare(CareCommon):
    """CL-1, CA-1: invited at hand-over, reminded before the membership ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls.env["crm.club"].create({"name": "Club", "valid_months": 12})
        cls.person = cls._create_person(cls.customer, "Person")

    def test_care_invites_by_email_who_has_an_address(self):
        self.person.email = "person@example.com"
        rule = self._create_rule("club", club_id=self.club.id)
        task = self._create_task(rule, person_id=self.person.id)
        self._dispatch()
        self.assertEqual(task.state, "done")
        self.assertFalse(task.activity_id)
        mail = self.env["mail.mail"].search([("model", "=", "crm.club.membership")])
        self.assertEqual(mail.recipient_ids, self.person)

    def test_to_who_has_no_address_a_person_hands_it_over(self):
        self.customer.email = False
        rule = self._create_rule("club", club_id=self.club.id)
        task = self._create_task(rule)
        of_person = self._create_task(rule, person_id=self.person.id)
        self._dispatch()
        invited = self.club.membership_ids
        self.assertEqual(invited.partner_id, self.customer | self.person)
        self.assertEqual(set(invited.mapped("state")), {"invited"})
        self.assertIn("by a care rule", invited.change_ids[:1].reason)
        self.assertEqual((task | of_person).mapped("state"), ["open", "open"])
        self.assertEqual(task.activity_id.user_id, self.sally)

    def test_for_who_is_in_the_club_there_is_nothing_to_do(self):
        member = self.club._take_in(self.customer, "active", self.env.uid)
        task = self._create_task(self._create_rule("club", club_id=self.club.id))
        self._dispatch()
        self.assertEqual(task.state, "done")
        self.assertFalse(task.activity_id)
        self.assertEqual(self.club.membership_ids, member)

    def test_a_club_of_another_company_invites_no_customer_of_ours(self):
        company = self.env["res.company"].create({"name": "Theirs"})
        theirs = self.env["crm.club"].create(
            {"name": "Theirs", "company_id": company.id}
        )
        self.customer.company_id = self.company
        self._create_task(self._create_rule("club", club_id=theirs.id))
        self._dispatch()
        self.assertFalse(theirs.membership_ids)

    def test_a_rule_that_invites_names_the_club(self):
        with self.assertRaises(ValidationError):
            self._create_rule("club")

    def test_a_membership_that_ends_is_an_occasion_of_its_club(self):
        other = self.env["crm.club"].create({"name": "Other", "valid_months": 12})
        member = self.club._take_in(self.person, "active", self.env.uid)
        other._take_in(self.customer, "active", self.env.uid)
        self.assertEqual(str(member.valid_until), "2027-05-04")
        rule = self._create_rule(
            trigger="club_end",
            club_id=self.club.id,
            offset_number=30,
            offset_unit="days",
            offset_side="before",
        )
        with freeze_time("2027-04-04 06:00:00"):
            rule._create_tasks()
            task = rule.task_ids
            self.assertEqual(task.partner_id, self.customer)
            self.assertEqual(task.person_id, self.person)
            self.assertIn("ends after", task.reason)
            rule.club_id = False
            rule._create_tasks()
            self.assertEqual(len(rule.task_ids), 2)
            member.action_end()
            rule._create_tasks()
            self.assertEqual(task.state, "dropped")

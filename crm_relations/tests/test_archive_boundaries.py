from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveBoundaries(RelationsCommon):
    """Who decides a proposal, and what is open with a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer)

    def _propose(self, partner, **values):
        proposals = self.env["crm.archive.proposal"].with_user(self.anna)
        return proposals.create(
            {"partner_id": partner.id, "field_name": "city", "new_value": "Suzhou"}
            | values
        )

    def test_the_owner_of_the_customer_decides_for_its_contacts(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET user_id = %s WHERE id = %s",
            [self.sam.id, self.person.id],
        )
        self.env.invalidate_all()
        proposal = self._propose(self.person)
        self.assertEqual(proposal.owner_id, self.sally)
        with self.assertRaises(AccessError):
            proposal.with_user(self.sam).action_refuse()
        proposal.with_user(self.sally).refuse("No")
        self.assertEqual(proposal.state, "refused")

    def test_of_two_proposals_for_one_field_the_second_says_it_is_outdated(self):
        first, second = (
            self._propose(self.customer, new_value=city) for city in ("Wuxi", "Suzhou")
        )
        first.with_user(self.sally).action_approve()
        second.invalidate_recordset()
        self.assertTrue(second.is_outdated)
        self.assertFalse(first.is_outdated)

    def test_one_decided_proposal_among_others_is_not_decided_again(self):
        first, second = (
            self._propose(self.customer, new_value=city) for city in ("Wuxi", "Suzhou")
        )
        first.with_user(self.sally).refuse("No")
        (first | second).with_user(self.sally).action_approve()
        self.assertEqual((first | second).mapped("state"), ["refused", "approved"])
        self.assertEqual(self.customer.city, "Suzhou")

    def test_nobody_decides_for_customers_of_others_among_the_own(self):
        others = self._create_customer("Other", user_id=self.sam.id)
        both = self._propose(self.customer) | self._propose(others)
        with self.assertRaises(AccessError):
            both.with_user(self.sally).action_refuse()
        self.assertEqual(both.mapped("state"), ["proposed"] * 2)

    def test_open_quotations_of_archived_contacts_count_and_of_others_do_not(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_order(self.customer, 10, confirm=False)
        self._create_order(self.person, 20, confirm=False)
        self._create_order(self.customer, 40, confirm=False, company_id=other.id)
        self._create_order(self.customer, 80)
        self.person.active = False
        customer = self.customer.with_user(self.sally)
        self.assertEqual(customer.open_quotation_count, 2)
        self.assertEqual(customer.open_quotation_amount, 30)

    def test_a_person_born_today_has_a_birthday_and_tomorrow_is_no_birthday_yet(self):
        today = fields.Date.context_today(self.person)
        tomorrow = today + timedelta(days=1)
        profile = self.env["crm.person.profile"].create(
            {
                "partner_id": self.person.id,
                "birth_year": today.year,
                "birth_month": today.month,
                "birth_day": today.day,
            }
        )
        self.assertEqual(profile.next_birthday, today)
        with self.assertRefused("lies in the future|lies between"):
            profile.write(
                {
                    "birth_year": tomorrow.year,
                    "birth_month": tomorrow.month,
                    "birth_day": tomorrow.day,
                }
            )

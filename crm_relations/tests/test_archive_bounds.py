from datetime import date, timedelta
from functools import partial

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..models.archive import crm_archive_proposal_value
from .common import RelationsCommon

NOW = fields.Datetime.to_datetime("2026-03-04 10:00:00")
TODAY = NOW.date()
DAY = timedelta(days=1)
BIRTH = ("birth_year", "birth_month", "birth_day")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestArchiveBounds(RelationsCommon):
    """What may stand in an archive, to the day, and what counts of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["crm.archive.requirement"].search([]).active = False
        cls.customer = cls._create_customer(user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer, "Li Wei")

    def test_dates_of_an_archive_may_be_of_today(self):
        self.customer.write({"founded_on": TODAY, "relation_since": TODAY})
        for name in ("founded_on", "relation_since"):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.customer[name] = TODAY + DAY
        self.customer.assets_amount = 0

    def test_a_credit_incident_may_be_of_today_and_resolved_on_its_day(self):
        incidents = self.env["crm.credit.incident"]
        common = {"partner_id": self.customer.id, "description": "Late"}
        for values in (
            {"date": TODAY},
            {"date": TODAY, "resolved_on": TODAY},
            {"date": TODAY - DAY, "amount": 0},
        ):
            self.assertTrue(incidents.create(common | values))
        for values, message in (
            ({"date": TODAY + DAY}, "cannot lie in the future"),
            ({"date": TODAY, "resolved_on": TODAY + DAY}, "resolved in the future"),
            ({"date": TODAY, "resolved_on": TODAY - DAY}, "after it happened"),
            ({"amount": -0.01}, "cannot be negative"),
        ):
            with self.subTest(values), self.assertRefused(message):
                incidents.create(common | values)

    def test_the_bounds_of_a_birthday(self):
        profile = self.env["crm.person.profile"].create({"partner_id": self.person.id})
        for values in (
            {"birth_year": 1900},
            {"birth_year": 2026, "birth_month": 3, "birth_day": 4},
            {"birth_month": 12, "birth_day": 31, "birth_year": 2025},
            {"birth_month": 2, "birth_day": 29, "birth_year": 2024},
            {"birth_calendar": "lunar", "birth_month": 12, "birth_day": 30},
        ):
            with self.subTest(values):
                profile.write({"birth_calendar": "solar"} | values)
        profile.write(
            {"birth_calendar": "solar"} | dict.fromkeys(BIRTH, 0),
        )
        for values in (
            {"birth_year": 1899},
            {"birth_year": 2027},
            {"birth_month": 0, "birth_day": 1},
            {"birth_month": 1, "birth_day": 32},
            {"birth_year": 2026, "birth_month": 3, "birth_day": 5},
            {"birth_calendar": "lunar", "birth_month": 1, "birth_day": 31},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                profile.write(values)

    def test_a_birthday_that_is_known_is_not_overwritten_by_a_merge(self):
        known = {"birth_month": 5, "birth_day": 6, "birth_year": 1980}
        self.env["crm.person.profile"].create({"partner_id": self.person.id} | known)
        twin = self._create_person(
            self.customer, "Li  Wei", birth_calendar="lunar", birth_month=2, birth_day=9
        )
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.person | twin).ids, self.person, extra_checks=False
        )
        kept = self.person.profile_ids
        self.assertRecordValues(kept, [known | {"birth_calendar": "solar"}])

    def test_a_customer_merged_into_a_contact_makes_it_no_customer(self):
        lost = self._create_customer("Li Wei", is_company=False)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (lost | self.person).ids, self.person, extra_checks=False
        )
        self.assertFalse(self.person.is_managed_customer)
        self.assertTrue(self.customer.is_managed_customer)

    def test_only_what_people_fill_in_can_count(self):
        names = self.env["ir.model.fields"]._get_ids("res.partner")
        requirements = self.env["crm.archive.requirement"]
        self.assertTrue(requirements.create({"field_id": names["city"]}))
        other = self.env["ir.model.fields"]._get_ids("crm.lead")["city"]
        for field_id in (names["care_opt_out"], names["person_count"], other):
            with self.assertRefused("cannot count"):
                requirements.create({"field_id": field_id})

    def test_what_is_empty_does_not_fill_an_archive(self):
        names = self.env["ir.model.fields"]._get_ids("res.partner")
        self.env["crm.archive.requirement"].create(
            [
                {"field_id": names[name]}
                for name in ("city", "assets_amount", "category_id", "child_ids")
            ]
        )
        bare = self._create_customer("Bare", city="", assets_amount=0)
        self.assertEqual(bare.archive_rate, 0)
        tag = self.env["res.partner.category"].create({"name": "T", "active": False})
        bare.write({"city": "X", "assets_amount": 0.01, "category_id": tag.ids})
        self.assertEqual(bare.archive_rate, 75)
        self._create_person(bare)
        self.assertEqual(bare.archive_rate, 100)

    def test_an_archived_requirement_asks_for_nothing(self):
        names = self.env["ir.model.fields"]._get_ids("res.partner")
        requirement = self.env["crm.archive.requirement"].create(
            {"field_id": names["city"]}
        )
        self.assertEqual(self._create_customer("One").archive_rate, 0)
        requirement.active = False
        self.assertEqual(self._create_customer("Two").archive_rate, 100)

    def test_an_opportunity_that_gets_its_customer_later_makes_it_one(self):
        partner = self.env["res.partner"].create({"name": "Prospect"})
        values = {"name": "Deal", "type": "opportunity"}
        self.env["crm.lead"].create(values).partner_id = partner
        self.assertTrue(partner.is_managed_customer)
        other = self.env["res.partner"].create({"name": "Only a lead"})
        lead = self.env["crm.lead"].create({"name": "Lead", "type": "lead"})
        lead.partner_id = other
        self.assertFalse(other.is_managed_customer)

    def test_persons_are_counted_and_branches_and_leavers_are_not(self):
        branch, gone = (
            self._create_person(self.customer, name) for name in ("Branch", "Gone")
        )
        branch.is_company = True
        gone.active = False
        self.env.invalidate_all()
        self.assertEqual(self.customer.person_count, 1)

    def test_sales_of_a_year_are_those_of_its_days(self):
        for day, amount in (
            ("2024-12-31", 1),
            ("2025-01-01", 10),
            ("2025-12-31", 100),
            ("2026-01-01", 1000),
            ("2026-03-04", 10000),
            ("2026-03-05", 100000),
        ):
            order = self._create_order(self.customer, amount)
            order.date_order = f"{day} 09:00:00"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.customer.sales_this_year, 11000)
        self.assertEqual(self.customer.sales_last_year, 110)

    def test_a_quotation_that_was_sent_is_open_and_a_cancelled_one_is_not(self):
        orders = [
            self._create_order(self.customer, amount, confirm=False)
            for amount in (1, 10, 100)
        ]
        orders[1].state = "sent"
        orders[2]._action_cancel()
        self.assertEqual(self.customer.open_quotation_count, 2)
        self.assertEqual(self.customer.open_quotation_amount, 11)

    def test_an_order_for_nothing_is_a_purchase(self):
        order = self._create_order(self.customer, 0, days_ago=3)
        self.assertEqual(order.amount_untaxed, 0)
        self.customer._refresh_sales_figures(self.customer.ids)
        self.assertEqual(self.customer.confirmed_order_count, 1)
        self.assertEqual(self.customer.first_order_on, TODAY - 3 * DAY)
        domain = self.env["sale.order"]._get_purchase_domain()
        quotation = self._create_order(self.customer, 5, confirm=False)
        cancelled = self._create_order(self.customer, 5)
        cancelled._action_cancel()
        found = self.env["sale.order"].search(domain)
        self.assertIn(order, found)
        self.assertFalse(found & (quotation | cancelled))

    def _propose(self, **values):
        return (
            self.env["crm.archive.proposal"]
            .with_user(self.anna)
            .create(
                {"partner_id": self.customer.id, "field_name": "city", "new_value": "X"}
                | values
            )
        )

    def test_a_proposal_is_changed_by_hand_until_it_is_decided(self):
        proposal = self._propose().with_user(self.sally)
        proposal.note = "He said so"
        proposal.new_value = " Wuxi "
        self.assertEqual((proposal.note, proposal.new_value), ("He said so", "Wuxi"))
        for values in (
            {"state": "approved"},
            {"decided_by_id": self.anna.id},
            {"decided_at": NOW},
            {"old_value": "Y"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                proposal.write(values)
        proposal.action_approve()
        self.assertEqual((proposal.decided_at, self.customer.city), (NOW, "Wuxi"))
        with self.assertRefused("decided already", UserError):
            proposal.note = "Later"

    def test_a_field_that_is_not_for_the_reader_has_no_value_in_a_proposal(self):
        self.customer.credit_standing = "poor"
        proposal = self._propose(field_name="credit_standing", new_value="good")
        self.assertEqual(proposal._get_current_value(), "poor")
        field = self.env["res.partner"]._fields["credit_standing"]
        self.patch(field, "groups", "base.group_system")
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self.assertEqual(proposal._get_current_value(), "")

    def test_what_is_not_stored_or_not_typed_is_not_proposed(self):
        partners = self.env["res.partner"]
        found = filter(partners._is_proposable, partners._fields.values())
        self.assertEqual(
            {(field.store, field.readonly) for field in found}, {(True, False)}
        )

    def test_a_person_is_one_of_the_customers_and_not_the_customer(self):
        twins = self.person | self._create_person(self.customer, "Wang")
        stranger = self._create_person(self._create_customer("Other"), "Zhang")
        values = {"field_name": "manager_person_id"}
        for person in twins:
            proposal = self._propose(new_value=str(person.id), **values)
            self.assertEqual(proposal.new_value, str(person.id))
        for other in (self.customer, stranger):
            with self.subTest(other.name), self.assertRaises(ValidationError):
                self._propose(new_value=str(other.id), **values)

    def test_a_name_that_several_have_names_nobody(self):
        proposals, partners = self.env["crm.archive.proposal"], self.env["res.partner"]
        field = partners._fields["manager_person_id"]
        found = proposals._find_named(field, "li wei")
        self.assertEqual(found, self.person)
        self._create_person(self.customer, "Li Wei")
        self.assertFalse(proposals._find_named(field, "Li Wei"))
        self.assertFalse(proposals._find_named(field, str(2**31)))
        self.assertEqual(proposals._find_named(field, str(self.person.id)), self.person)

    def test_where_there_are_too_many_to_choose_from_a_name_is_typed(self):
        proposals, partners = self.env["crm.archive.proposal"], self.env["res.partner"]
        field = partners._fields["manager_person_id"]
        other = self._create_person(self._create_customer("Elsewhere"), "Zhao Min")
        parse = partial(proposals._parse_choice, self.customer, field)
        for most, name in ((300, "Li Wei"), (0, "li wei"), (1, str(self.person.id))):
            self.patch(crm_archive_proposal_value, "MOST_CHOICES", most)
            self.assertEqual(parse(name), self.person.id)
        with self.assertRefused("is no choice"):
            parse(other.name)

    def test_a_birthday_to_come_includes_today(self):
        profile = self.env["crm.person.profile"].create(
            {"partner_id": self.person.id, "birth_month": 3, "birth_day": 4}
        )
        for day, expected in ((4, TODAY), (5, date(2026, 3, 5)), (3, date(2027, 3, 3))):
            profile.birth_day = day
            self.assertEqual(profile.next_birthday, expected)
        profile.write({"birth_day": 0, "birth_month": 0})
        self.assertFalse(profile.next_birthday)

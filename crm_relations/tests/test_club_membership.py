from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.club import ClubCommon


@tagged("post_install", "-at_install")
class TestClubMembership(ClubCommon):
    """CL-1: members with number, card, level, validity and states."""

    @freeze_time("2026-03-02 10:00:00")
    def test_who_joins_gets_number_card_level_and_end(self):
        self.club.valid_months = 12
        answers = self.person.with_user(self.sally).club_join(self.club.id)
        self.assertTrue(answers[0]["ok"], answers)
        member = self.club.membership_ids
        self.assertEqual(member.state, "active")
        self.assertEqual(member.number, "M000001")
        self.assertEqual(member.customer_id, self.customer)
        self.assertEqual(member.level_id, self.basic)
        self.assertEqual(member.card_id.program_id, self.club.program_id)
        self.assertEqual(member.card_id.partner_id, self.person)
        self.assertEqual(str(member.joined_on), "2026-03-02")
        self.assertEqual(str(member.valid_until), "2027-03-01")
        self.assertEqual(self.club.member_count, 1)

    def test_numbers_follow_each_other_whoever_joins_together(self):
        members = self._join(self._create_customers(3))
        self.assertEqual(members.mapped("number"), ["M000001", "M000002", "M000003"])

    def test_numbers_begin_with_what_the_club_says_or_with_nothing(self):
        for prefix, begins in (("OC", "OC"), (False, "")):
            self.club.number_prefix = prefix
            for number in self.club._get_numbers(2):
                self.assertTrue(number.startswith(begins), number)
                self.assertTrue(number.removeprefix(begins).isdigit(), number)

    @freeze_time("2026-03-02 10:00:00")
    def test_a_benefit_is_used_until_the_last_day(self):
        member = self._join(self.customer)
        member.valid_until = "2026-03-02"
        self.assertTrue(member.with_user(self.sally).use_benefit(self.wash.id))
        member.valid_until = "2026-03-01"
        with self.assertRaisesRegex(UserError, "Only an active member"):
            member.with_user(self.sally).use_benefit(self.wash.id)

    def test_an_invitation_becomes_a_membership_or_ends(self):
        self.customer.with_user(self.sally).club_invite(self.club.id)
        member = self.club.membership_ids.with_user(self.sally)
        self.assertEqual(member.state, "invited")
        self.assertFalse(member.number or member.card_id)
        again = self.customer.with_user(self.sally).club_invite(self.club.id)
        self.assertEqual(again[0]["code"], "blocked")
        member.action_join()
        self.assertEqual((member.state, member.number), ("active", "M000001"))
        with self.assertRaises(UserError):
            member.action_join()
        self.assertEqual(
            member.change_ids.sorted("id").mapped("kind"), ["invited", "joined"]
        )

    def test_a_suspended_card_rests_and_an_ended_member_may_come_back(self):
        member = self._join(self.customer)
        card = member.card_id
        member.with_user(self.sally).action_suspend()
        self.assertFalse(card.active)
        member.with_user(self.sally).action_resume()
        self.assertTrue(card.active)
        member.with_user(self.sally).action_end()
        self.assertEqual(member.state, "ended")
        self.assertFalse(card.active)
        again = self._join(self.customer)
        self.assertEqual(again.card_id, card)
        self.assertTrue(card.active)
        self.assertNotEqual(again.number, member.number)

    def test_a_membership_is_renewed_from_its_end(self):
        self.club.valid_months = 6
        with freeze_time("2026-01-31 10:00:00"):
            member = self._join(self.customer)
        self.assertEqual(str(member.valid_until), "2026-07-30")
        member.with_user(self.sally).action_renew()
        self.assertEqual(str(member.valid_until), "2027-01-30")
        self._join(self.person).valid_until = False
        with self.assertRaises(UserError):
            self.club.membership_ids[-1].action_renew()

    def test_one_is_in_a_club_once_also_when_two_take_it_in_at_once(self):
        self._join(self.customer)
        answers = self.customer.club_join(self.club.id)
        self.assertEqual(answers[0]["code"], "blocked")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["crm.club.membership"].create(
                {
                    "club_id": self.club.id,
                    "partner_id": self.customer.id,
                    "state": "invited",
                }
            )

    def test_only_who_works_with_the_customer_takes_it_in(self):
        for user in (self.sam, self.carl, self.anna):
            answers = self.customer.with_user(user).club_join(self.club.id)
            self.assertEqual(answers[0]["code"], "no_right", user.login)
        member = self._join(self.customer).with_user(self.sam)
        for method in ("action_suspend", "action_end", "action_renew"):
            with self.assertRaises(AccessError):
                getattr(member, method)()
        self.assertFalse(member.can_manage)
        self.assertTrue(member.with_user(self.max).can_manage)

    def test_what_is_decided_is_written_by_no_client(self):
        member = self._join(self.customer)
        use = member.use_benefit(self.wash.id)
        for user in (self.sally, self.rita, self.adam):
            with self.assertRaises(AccessError):
                member.with_user(user).write({"level_id": self.gold.id})
            with self.assertRaises(AccessError):
                self.env["crm.club.membership"].with_user(user).create(
                    {"club_id": self.club.id, "partner_id": self.person.id}
                )
            with self.assertRaises(AccessError):
                member.change_ids.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.env["crm.club.benefit.use"].with_user(user).browse(use).unlink()

    def test_a_club_of_another_company_takes_no_customer_of_ours(self):
        company = self.env["res.company"].create({"name": "Theirs"})
        theirs = self._create_club("Theirs", company_id=company.id)
        self.customer.company_id = self.company
        self.sally.company_ids |= company
        sally = self.customer.with_user(self.sally).with_context(
            allowed_company_ids=(self.company | company).ids
        )
        self.assertEqual(sally.club_join(theirs.id)[0]["code"], "blocked")
        self.assertEqual(
            self.customer.with_user(self.max).club_join(theirs.id)[0]["code"], "blocked"
        )
        self.assertFalse(theirs.membership_ids)

    def test_who_is_no_customer_is_in_no_club(self):
        contact = self.env["res.partner"].create({"name": "Supplier"})
        self.assertEqual(contact._get_club_block(self.club), "It is no customer.")
        contact.is_managed_customer = True
        self.assertEqual(contact._get_club_block(self.club), "")

    def test_merged_members_are_one_with_the_older_membership(self):
        other = self._create_customer("Ada again", user_id=self.sally.id)
        with freeze_time("2026-01-05"):
            older = self._join(other)
        with freeze_time("2026-02-05"):
            younger = self._join(self.customer)
            younger.use_benefit(self.wash.id)
        younger.level_id = self.gold
        (older | younger).card_id._earn(10, "hand", "Test")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer, extra_checks=False
        )
        self.env.invalidate_all()
        self.assertEqual((older.state, younger.state), ("active", "ended"))
        self.assertEqual(older.partner_id, self.customer)
        self.assertEqual(older.level_id, self.gold)
        self.assertEqual(len(older.use_ids), 1)
        self.assertEqual(older.points, 20)
        self.assertTrue(older.card_id.active)
        self.assertEqual(older.card_id.partner_id, self.customer)

    def test_who_was_not_merged_stays_a_member(self):
        other = self._create_customer("Ada again", user_id=self.sally.id)
        third = self._create_customer("Somebody else", user_id=self.sally.id)
        for merged in (other, self.customer):
            self._join(merged)
        stranger = self._join(third)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer, extra_checks=False
        )
        self.env.invalidate_all()
        self.assertEqual((stranger.state, stranger.partner_id), ("active", third))

    def test_the_program_of_an_archived_club_still_keeps_its_points(self):
        self.club.active = False
        with self.assertRaisesRegex(UserError, "kept by a loyalty program"):
            self.club.program_id.program_type = "coupons"

    def test_a_club_of_a_company_is_open_to_customers_of_all(self):
        other = self.env["res.company"].create({"name": "Other"})
        for of_club, of_customer, fits in (
            (self.company, False, True),
            (False, other.id, True),
            (self.company, self.company.id, True),
            (self.company, other.id, False),
        ):
            club = self.env["crm.club"].new({"company_id": of_club and of_club.id})
            customer = self.env["res.partner"].new({"company_id": of_customer})
            task = self.env["crm.care.task"].new({"partner_id": customer})
            with self.subTest(f"{of_club} {of_customer}"):
                self.assertEqual(bool(task._may_be_in(club)), fits)

    def test_one_sees_memberships_of_the_companies_of_ones_login(self):
        other = self.env["res.company"].create({"name": "Other"})
        abroad = self._create_club("Abroad", company_id=other.id)
        person = self.sally.partner_id
        for club in (self.club, abroad):
            self._join(person, club)
        found = self.env["crm.club.membership"]._get_own_domain(self.sally)
        memberships = self.env["crm.club.membership"].search(found)
        self.assertEqual(memberships.club_id, self.club)
        self.sally.sudo().company_ids |= other
        found = self.env["crm.club.membership"]._get_own_domain(self.sally)
        self.assertEqual(memberships.search(found).club_id, self.club | abroad)


@tagged("post_install", "-at_install")
class TestClubBenefits(ClubCommon):
    """CL-1: benefits with a quota of the year and a record of use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._join(cls.customer)

    def _use(self, user=None, benefit=None):
        member = self.member.with_user(user or self.sally)
        return member.use_benefit((benefit or self.wash).id)

    def _get_left(self):
        return {row["benefit"]: row["left"] for row in self.member._get_benefits()}

    def test_a_benefit_is_used_so_often_in_a_calendar_year(self):
        with freeze_time("2026-12-30 08:00:00"):
            self._use()
            self._use()
            with self.assertRaises(UserError):
                self._use()
            self.assertEqual(self._get_left(), {self.wash: 0})
        with freeze_time("2027-01-02 08:00:00"):
            self._use()
            self.assertEqual(self._get_left(), {self.wash: 1})

    def test_what_is_taken_back_counts_no_longer_and_stays_as_a_line(self):
        self._use()
        use = self.env["crm.club.benefit.use"].browse(self._use())
        with self.assertRaises(AccessError):
            use.with_user(self.sam).action_take_back()
        use.with_user(self.sally).action_take_back()
        self.assertEqual(use.taken_back_by_id, self.sally)
        self.assertEqual(self._get_left(), {self.wash: 1})
        self.assertEqual(len(self.member.use_ids), 2)

    def test_without_a_quota_each_use_is_recorded_without_end(self):
        self.wash.yearly_quota = 0
        for _time in range(5):
            self._use()
        self.assertEqual(self._get_left(), {self.wash: None})

    def test_a_member_uses_benefits_of_its_own_level_while_active(self):
        other = self.env["crm.club.benefit"].create(
            {"level_id": self.gold.id, "name": "Lounge"}
        )
        for benefit_id in (other.id, 0, -1):
            with self.assertRaises(UserError):
                self.member.use_benefit(benefit_id)
        self.member.action_suspend()
        with self.assertRaises(UserError):
            self._use()

    def test_agents_record_a_use_salespeople_of_others_do_not(self):
        self._use(self.anna)
        with self.assertRaises(AccessError):
            self._use(self.sam)

    def test_what_was_used_is_archived_not_deleted(self):
        self._use()
        with self.assertRaises(UserError):
            self.wash.unlink()

    def test_the_dialog_says_what_is_left(self):
        self._use()
        wizard = self.env["crm.club.benefit.wizard"].with_user(self.sally)
        wizard = wizard.create(
            {"membership_id": self.member.id, "benefit_id": self.wash.id}
        )
        self.assertEqual(wizard.left, "1 of 2")
        wizard.action_apply()
        self.assertEqual(self._get_left(), {self.wash: 0})

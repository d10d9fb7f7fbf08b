from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestDailyDigest(RelationsCommon):
    """FU-6: one message a person and day, red list, escalation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.contact.escalation"].search([]).unlink()
        cls.tier_a.write({"contact_interval_days": 7, "visit_interval_days": 0})
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_late("Great Wall", 9)

    @classmethod
    def _create_late(cls, name, silent_days, user=None, **values):
        customer = cls._create_customer(
            name, user_id=(user or cls.sally).id, tier_id=cls.tier_a.id, **values
        )
        cls._age_ownership(customer, 60)
        cls._create_followup(customer, days_ago=silent_days)
        return customer

    def _run(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_daily_digest").method_direct_trigger()
        self.env.invalidate_all()

    def _get_digests(self, user=None):
        return self.env["crm.daily.digest"].search(
            [("user_id", "=", (user or self.sally).id)]
        )

    def _get_chat(self, user=None):
        bot = self.env.ref("base.partner_root")
        members = self.env["discuss.channel.member"].search(
            [("partner_id", "=", (user or self.sally).partner_id.id)]
        )
        chats = members.channel_id.filtered(
            lambda chat: bot in chat.channel_member_ids.partner_id
        )
        return chats.message_ids.filtered(lambda message: "Great" in message.body)

    def _get_mails(self, user=None):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", (user or self.sally).partner_id.ids)]
        )

    def test_what_is_due_by_mail_and_in_the_chat(self):
        self._run()
        mail = self._get_mails()
        self.assertEqual(mail.subject, "Your day: 1 due")
        self.assertIn("Follow-up due", mail.body_html)
        self.assertIn("Great Wall", mail.body_html)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(len(self._get_chat()), 1)
        self.assertRecordValues(
            self._get_digests(),
            [{"day": self.today, "line_count": 1, "is_mailed": True}],
        )

    def test_nothing_is_sent_twice(self):
        self._run()
        self._run()
        self.assertEqual(len(self._get_mails()), 1)
        self.assertEqual(len(self._get_chat()), 1)
        self.assertEqual(len(self._get_digests()), 1)

    def test_whoever_comes_second_sends_nothing(self):
        """Two workers see the same people waiting: one gets the row of each."""
        digests = self.env["crm.daily.digest"]
        digests._send(self.sally, self.company, self.today)
        digests._send(self.sally, self.company, self.today)
        self.assertEqual(len(self._get_mails()), 1)

    def test_a_job_killed_before_the_end_has_sent_nothing(self):
        digests = self.env["crm.daily.digest"]
        with patch.object(
            type(digests), "_deliver", side_effect=RuntimeError("killed")
        ):
            with self.assertRaises(RuntimeError), self.env.cr.savepoint():
                digests._send(self.sally, self.company, self.today)
        self.assertFalse(self._get_digests())
        self._run()
        self.assertEqual(len(self._get_mails()), 1)

    def test_the_next_day_brings_the_next_digest(self):
        self._run()
        with freeze_time("2026-03-05 10:00:00"):
            self._run()
        self.assertEqual(len(self._get_mails()), 2)

    def test_who_has_nothing_due_gets_nothing(self):
        self._run()
        self.assertFalse(self._get_mails(self.sam))
        self.assertFalse(self._get_digests(self.sam).line_count)

    def test_nobody_gets_one_before_somebody_has_chosen_it(self):
        self.company.relations_digest_way = "none"
        self._run()
        self.assertFalse(self._get_digests())
        self.assertFalse(self._get_mails())
        self.assertFalse(self._get_chat())

    def test_the_way_is_chosen_by_oneself(self):
        sally = self.sally.with_user(self.sally)
        sally.write({"relations_digest_way": "chat"})
        self._run()
        self.assertFalse(self._get_mails())
        self.assertEqual(len(self._get_chat()), 1)
        with self.assertRaises(AccessError):
            self.sam.with_user(self.sally).write({"relations_digest_way": "none"})

    def test_the_own_choice_comes_before_the_one_of_the_company(self):
        self.sally.relations_digest_way = "none"
        self._run()
        self.assertFalse(self._get_digests())
        self.company.relations_digest_way = "none"
        self.sally.relations_digest_way = "mail"
        self._run()
        self.assertEqual(len(self._get_mails()), 1)
        self.assertFalse(self._get_chat())

    def test_by_mail_without_an_address_comes_in_the_chat(self):
        self.sally.write({"relations_digest_way": "mail", "email": False})
        self._run()
        self.assertEqual(len(self._get_chat()), 1)

    def test_not_before_the_hour_of_the_company(self):
        self.company.resource_calendar_id.tz = "America/New_York"  # 5 h
        self._run()
        self.assertFalse(self._get_digests())
        self.env["ir.config_parameter"].set_param("crm_relations.digest_hour", 5)
        self._run()
        self.assertTrue(self._get_mails())

    def test_not_on_a_day_off(self):
        with freeze_time("2026-03-07 10:00:00"):  # a Saturday
            self._run()
        self.assertFalse(self._get_digests())

    def test_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sally.lang = "zh_CN"
        self.env["ir.ui.view"].search(
            [("key", "=", "crm_relations.crm_daily_digest")]
        ).with_context(lang="zh_CN").arch_db = "<div>你好 Great</div>"
        self._run()
        self.assertIn("你好", self._get_mails().body_html)

    def test_of_other_companies_only_what_one_works_for(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_late("Far Away", 9, company_id=other.id)
        self._run()
        self.assertNotIn("Far Away", self._get_mails().body_html)
        self.sally.company_ids |= other
        with freeze_time("2026-03-05 10:00:00"):
            self._run()
        self.assertIn("Far Away", self._get_mails().sorted("id")[-1].body_html)

    def test_a_persons_digest_shows_three_lines_and_counts_all(self):
        for number in range(4):
            self._create_late(f"Late {number}", 20 + number)
        self._run()
        body = self._get_mails().body_html
        self.assertIn("Late 3", body)
        self.assertNotIn("Great Wall", body)
        self.assertEqual(self._get_digests().line_count, 5)

    def test_queries_depend_on_cards_not_on_people(self):
        def read(users):
            room = self.env["crm.my.day"]
            self.env.invalidate_all()
            return self._count_statements(lambda: room._read_by_user(users, self.today))

        people = self.sally
        read(people)
        few = read(people)
        for number in range(5):
            person = self._create_user(f"person{number}", "group_sales_user")
            self._create_late(f"Late {number}", 9, user=person)
            people |= person
        read(people)
        self.assertEqual(read(people), few)

    def test_the_leader_is_told_once(self):
        self._create_late("Great Silence", 14)
        self._run()
        mail = self._get_mails(self.max)
        self.assertIn("Great Silence", mail.body_html)
        self.assertNotIn("Great Wall", mail.body_html)  # 2 days late only
        with freeze_time("2026-03-05 10:00:00"):
            self._run()
        self.assertEqual(self._get_mails(self.max), mail)

    def test_the_leader_is_told_from_so_many_days_on(self):
        late = self._create_late("Late", 14)
        self._create_late("Not yet", 13)
        self._run()
        escalations = self.env["crm.contact.escalation"].search([])
        self.assertRecordValues(
            escalations,
            [
                {
                    "partner_id": late.id,
                    "user_id": self.sally.id,
                    "leader_id": self.max.id,
                    "due_date": self.today - timedelta(days=7),
                    "is_told": True,
                }
            ],
        )

    def test_a_new_silence_is_told_again(self):
        late = self._create_late("Late", 14)
        self._run()
        with freeze_time("2026-03-06 10:00:00"):
            self._create_followup(late)
        with freeze_time("2026-03-20 10:00:00"):
            self._run()
        escalations = self.env["crm.contact.escalation"]
        self.assertEqual(escalations.search_count([("partner_id", "=", late.id)]), 2)

    def test_without_a_leader_or_with_zero_days_nothing_is_told(self):
        self._create_late("South", 30, user=self.sam)
        self._run()
        self.assertFalse(self.env["crm.contact.escalation"].search([]))
        self._create_late("North", 30)
        self.env["ir.config_parameter"].set_param("crm_relations.escalation_days", 0)
        self._run()
        self.assertFalse(self.env["crm.contact.escalation"].search([]))

    def test_an_archived_leader_is_told_nothing(self):
        self._create_late("North", 30)
        self.max.active = False
        self._run()
        self.assertFalse(self.env["crm.contact.escalation"].search([]))

    def test_a_leader_reads_what_the_leader_was_told(self):
        self._create_late("Late", 30)
        self._run()
        escalations = self.env["crm.contact.escalation"]
        other = self._create_user("otto", "group_sales_manager")
        self.assertTrue(escalations.with_user(self.max).search([]))
        self.assertTrue(escalations.with_user(self.rita).search([]))
        self.assertFalse(escalations.with_user(other).search([]))
        with self.assertRaises(AccessError):
            escalations.with_user(self.sally).search([])

    def test_everyone_reads_the_own_digests(self):
        self._run()
        digests = self.env["crm.daily.digest"]
        self.assertEqual(digests.with_user(self.sally).search([]).user_id, self.sally)
        self.assertFalse(
            digests.with_user(self.sam).search([("user_id", "!=", self.sam.id)])
        )

    def test_red_list_of_the_teams_one_leads(self):
        north = self._create_late("North", 30)
        south = self._create_late("South", 30, user=self.sam)
        self._create_late("Not red", 13)

        def see(user):
            partners = self.env["res.partner"].with_user(user)
            action = self.env.ref("crm_relations.crm_red_list_action")
            action = action.with_user(user).run()
            self.assertEqual(action["display_name"], "Red List")
            return partners.search(action["domain"])

        self.assertEqual(see(self.max), north)
        self.assertLessEqual(north | south, see(self.rita))
        with self.assertRaises(AccessError):
            see(self.sally)

    def test_the_red_list_is_on_the_day_of_the_team(self):
        self._create_late("North", 30)
        self.env.flush_all()
        day = self.env["crm.my.day"].with_user(self.max).get_day(self.north.id)
        cards = {card["key"]: card for col in day["columns"] for card in col["cards"]}
        self.assertEqual(cards["red_list"]["count"], 1)

    def test_merging_keeps_one_escalation_of_a_silence(self):
        twins = self.env["res.partner"]
        for number in range(2):
            twins |= self._create_late(f"Twin {number}", 30, email="t@example.com")
        twins.followup_ids.date = "2026-02-01 10:00:00"
        self._run()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(twins.ids, twins[0], extra_checks=False)
        escalations = self.env["crm.contact.escalation"]
        self.assertEqual(escalations.search([]).partner_id, twins[0])
        self.assertEqual(escalations.search_count([]), 1)

    def test_two_of_one_silence_that_become_a_third_customer_keep_one(self):
        twins = self.env["res.partner"]
        for number in range(2):
            twins |= self._create_late(f"Twin {number}", 30)
        twins.followup_ids.date = "2026-02-01 10:00:00"
        self._run()
        third = self._create_customer("Third", user_id=self.sally.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((twins | third).ids, third, extra_checks=False)
        escalations = self.env["crm.contact.escalation"].search([])
        self.assertEqual((len(escalations), escalations.partner_id), (1, third))

    def test_settings_have_limits(self):
        settings = self.env["res.config.settings"]
        for values in (
            {"relations_digest_hour": 24},
            {"relations_escalation_days": -1},
        ):
            with self.assertRaises(ValidationError):
                settings.create(values)

from datetime import date, datetime

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common.care import NOW, CareCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCareTact(CareCommon):
    """CA-4: consent, blacklists, quiet hours, one touch a day, pauses."""

    def _refused(self, channel, **values):
        customer = self._create_reachable(f"No {channel}", **values)
        task = self._create_task(self._create_rule(channel), customer)
        self._dispatch()
        if task.state != "dropped":
            return False
        self.assertFalse(self._get_sms(customer) or self._get_mails(customer))
        self.assertFalse(task.activity_id)
        return bool(task.dispatch_reason)

    def test_who_wants_no_care_gets_none_of_any_kind(self):
        for channel in ("activity", "sms", "email", "callback", "gift"):
            self.assertTrue(self._refused(channel, care_opt_out=True), channel)

    def test_each_channel_can_be_refused(self):
        names = {
            "sms": "care_sms_opt_out",
            "email": "care_mail_opt_out",
            "callback": "care_call_opt_out",
        }
        for channel, name in names.items():
            self.assertTrue(self._refused(channel, **{name: True}), channel)
            others = dict.fromkeys(set(names.values()) - {name}, True)
            self.assertFalse(self._refused(channel, **others), channel)

    def test_what_the_customer_refuses_no_person_of_it_gets(self):
        customer = self._create_reachable("House", care_sms_opt_out=True)
        person = self._create_person(customer, "Ada")
        person.phone = "+86 139 0013 9000"
        task = self._create_task(
            self._create_rule("sms"), customer, person_id=person.id
        )
        self._dispatch()
        self.assertEqual(task.state, "dropped")

    def test_a_person_without_number_refuses_for_itself(self):
        """The number of the customer does not get around it."""
        person = self._create_person(self.customer, "Ada")
        person.care_sms_opt_out = True
        task = self._create_task(self._create_rule("sms"), person_id=person.id)
        self._dispatch()
        self.assertEqual(task.state, "dropped")

    def test_blacklists_of_odoo(self):
        self.env["phone.blacklist"].create({"number": "+8613800138000"})
        self.env["mail.blacklist"].create({"email": "Customer@example.com"})
        rules = [self._create_rule(channel) for channel in ("sms", "email", "activity")]
        tasks = [self._create_task(rule) for rule in rules]
        self._dispatch()
        self.assertEqual([task.state for task in tasks], ["dropped", "dropped", "open"])
        self.assertIn("blacklist", tasks[0].dispatch_reason)

    def test_who_was_taken_off_the_blacklist_is_reached(self):
        listed = self.env["phone.blacklist"].create({"number": "+8613800138000"})
        listed.active = False
        task = self._create_task(self._create_rule("sms"))
        self._dispatch()
        self.assertEqual(task.state, "done")

    def test_a_message_waits_for_the_end_of_the_quiet_hours(self):
        night = self._create_reachable("Night", tz="Pacific/Auckland")
        task = self._create_task(self._create_rule("sms"), night)
        self._dispatch()
        self.assertRecordValues(
            task,
            [
                {
                    "state": "planned",
                    "due_at": datetime(2026, 5, 5, 20),
                    "first_due_at": datetime(2026, 5, 5, 10),
                }
            ],
        )
        self.assertIn("08:00", task.dispatch_reason)
        with freeze_time("2026-05-05 20:00:00"):
            self._dispatch()
        self.assertEqual(task.state, "done")
        self.assertEqual(task.touch_date, date(2026, 5, 6))

    def test_a_time_zone_is_found_for_everyone(self):
        """Customer, person, salesperson, company: the first that names one."""
        bare = self._create_reachable("Bare", tz=False)
        task = self._create_task(self._create_rule("sms"), bare)
        self.sally.tz = "Pacific/Auckland"
        zones = set(self.env["crm.care.rule"]._get_time_zones())
        self.assertEqual(task._get_zone(zones), "Pacific/Auckland")
        self.assertEqual(task._get_zone(zones - {"Pacific/Auckland"}), "UTC")

    def test_one_touch_a_day_and_the_more_important_wins(self):
        low = self._create_task(self._create_rule("sms", importance="0"))
        high = self._create_task(self._create_rule("email", importance="3"))
        gone = self._create_task(
            self._create_rule("sms", importance="0", on_conflict="drop")
        )
        visit = self._create_task(self._create_rule("activity"))
        self._dispatch()
        self.assertEqual(
            [task.state for task in (low, high, gone, visit)],
            ["planned", "done", "dropped", "open"],
        )
        self.assertEqual(low.due_at, datetime(2026, 5, 6, 10))
        self.assertIn("more important", low.dispatch_reason)
        self.assertIn("more important", gone.dispatch_reason)
        with freeze_time("2026-05-06 10:00:00"):
            self._dispatch()
        self.assertEqual(low.state, "done")
        self.assertEqual(low.touch_date, date(2026, 5, 6))

    def test_across_batches_too(self):
        first = self._create_task(self._create_rule("sms"))
        second = self._create_task(self._create_rule("email"))
        self.dispatch._dispatch_batch(limit=1)
        self.dispatch._dispatch_batch(limit=1)
        self.assertEqual([first.state, second.state], ["done", "planned"])

    def test_an_activity_counts_where_the_rule_says_so(self):
        rule = self._create_rule("activity", is_touch=True, importance="3")
        self._create_task(rule)
        message = self._create_task(self._create_rule("sms"))
        self._dispatch()
        self.assertEqual(message.state, "planned")

    def test_two_customers_do_not_stand_in_each_others_way(self):
        other = self._create_reachable("Other")
        tasks = self._create_task(self._create_rule("sms")) + self._create_task(
            self._create_rule("sms"), other
        )
        self._dispatch()
        self.assertEqual(tasks.mapped("state"), ["done", "done"])

    def test_while_something_serious_is_open_care_waits(self):
        def get_pauses(partners):
            return SQL("SELECT %s::int", self.customer.id)

        self.patch(type(self.customer), "_get_care_pauses_sql", get_pauses)
        task = self._create_task(self._create_rule("sms", keep_days=1))
        self._dispatch()
        self.assertRecordValues(
            task, [{"state": "planned", "due_at": datetime(2026, 5, 6, 10)}]
        )
        self.assertIn("serious", task.dispatch_reason)
        with freeze_time("2026-05-06 10:00:00"):
            self._dispatch()
        self.assertEqual(task.state, "dropped")
        self.assertFalse(self._get_sms())

    def test_merged_customers_touched_on_one_day_can_be_merged(self):
        rule = self._create_rule("sms")
        other = self._create_reachable("Other")
        tasks = self._create_task(rule) + self._create_task(rule, other)
        self._dispatch()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer + other).ids, self.customer)
        self.assertEqual(tasks.exists().partner_id, self.customer)
        self.assertEqual(len(tasks.filtered("touch_date")), 1)

    def test_who_has_refused_still_does_when_merged(self):
        """Against margince 5144: whichever of the two cards says so, and whichever
        stays."""
        names = [name for name in self.env["res.partner"]._fields if "opt_out" in name]
        self.assertGreaterEqual(len(names), 5)
        for refused in (0, 1):
            cards = [self._create_customer(f"Card {number}") for number in range(2)]
            cards[refused].write(dict.fromkeys(names, True))
            kept = cards[1]
            self.env["base.partner.merge.automatic.wizard"]._merge(
                [card.id for card in cards], kept, extra_checks=False
            )
            self.env.invalidate_all()
            self.assertEqual([kept[name] for name in names], [True] * len(names))

from odoo.tests import freeze_time, tagged

from .common.clock import ClockCommon


@tagged("post_install", "-at_install")
class TestOverdueWords(ClockCommon):
    def _get_told(self, complaint):
        """Return what each screen says of it to olga: form, list, desk, My Day."""
        self.env.invalidate_all()
        olga = self.env(user=self.olga)
        [line] = olga["crm.complaint.desk"].open_desk("all")["lines"]
        day = olga["crm.my.day"].get_day()
        told = [complaint.with_env(olga).clock_words, line["when"]]
        told += [clock["standing"] for clock in complaint.clock_ids.read(["standing"])]
        for column in day["columns"]:
            for card in column["cards"]:
                if card["key"].startswith("complaint"):
                    told += [one["when"] for one in card["lines"]]
        return told

    def test_what_is_left_or_over_is_told_alike_everywhere(self):
        """In what the clock counts: ten hours of work are more than a day."""
        (self.policy.line_ids - self.policy.line_ids[0]).unlink()
        complaint = self._register_at("Mon 9:00", user_id=self.olga.id)
        for moment, words in (
            ("Mon 9:30", "30 min left"),
            ("Mon 14:15", "3 h 15 min overdue"),
            ("Wed 11:00", "17 working hours overdue"),
        ):
            with freeze_time(self.at(moment)), self.subTest(moment):
                told = self._get_told(complaint)
                self.assertGreaterEqual(len(told), 4)
                self.assertEqual(set(told), {words})

    def test_what_stands_still_has_no_time(self):
        complaint = self._register_at("Mon 9:00", user_id=self.olga.id)
        with freeze_time(self.at("Mon 9:30")):
            complaint._record("paused", at=self.at("Mon 9:10"))
            [line] = (
                self.env["crm.complaint.desk"].with_user(self.olga).open_desk("all")
            )["lines"]
            self.assertEqual((line["when"], line["is_paused"]), ("", True))

    def test_from_ten_hours_on_minutes_do_not_count(self):
        clocks = self.env["crm.complaint.clock"]
        for minutes, working, any_hour in (
            (0, "less than a minute", "less than a minute"),
            (1, "1 min", "1 min"),
            (60, "1 h", "1 h"),
            (599, "9 h 59 min", "9 h 59 min"),
            (600, "10 working hours", "10 h"),
            (659, "10 working hours", "10 h"),
        ):
            with self.subTest(minutes):
                self.assertEqual(clocks._tell_minutes(minutes, "hour"), working)
                self.assertEqual(clocks._tell_minutes(minutes, "any_hour"), any_hour)

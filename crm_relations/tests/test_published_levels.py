"""When a status of airlines and hotels ends, as they publish it.

Sources: The Points Guy and creditcardzy on the end of elite status (Alaska: reached in
November 2023, valid through December 2024; years of calendar), milesmosaic on "soft
landings" (one tier down instead of all), FlyerTalk 32095140 (Titanium, but only enough
for Gold: Platinum first). Facts only; the tiers here are three.
"""

from odoo.tests import freeze_time, tagged

from .common.club import ClubCommon


@tagged("post_install", "-at_install")
class TestPublishedLevels(ClubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2023-01-10 10:00:00"):
            cls.member = cls._join(cls.customer)

    def _run(self, day):
        with freeze_time(f"{day} 10:00:00"):
            self.club._run_queue()
        self.env.invalidate_all()
        return self.member.level_id

    def test_reached_in_november_it_holds_through_december_of_the_next_year(self):
        self.club.write({"qualify_period": "calendar", "step_down": "all"})
        self._qualify(self.member, 500, "2023-11-20")
        self.assertEqual(self._run("2023-11-21"), self.gold)
        for day in ("2023-12-31", "2024-01-01", "2024-12-31"):
            self.assertEqual(self._run(day), self.gold, day)
        self.assertEqual(self._run("2025-01-01"), self.basic)

    def test_the_last_day_of_the_year_and_the_first_are_two_years(self):
        self.club.write({"qualify_period": "calendar", "step_down": "all"})
        self._qualify(self.member, 60, "2023-12-31")
        self._qualify(self.member, 60, "2024-01-01")
        self.assertEqual(self._run("2024-01-02"), self.basic)
        self._qualify(self.member, 40, "2024-12-31")
        self.assertEqual(self._run("2025-01-01"), self.silver)
        self.assertEqual(self._run("2025-12-31"), self.silver)
        self.assertEqual(self._run("2026-01-01"), self.basic)

    def test_who_falls_by_two_lands_on_the_one_between_for_a_year(self):
        self.club.write({"qualify_period": "calendar", "step_down": "one"})
        self._qualify(self.member, 900, "2023-06-01")
        self.assertEqual(self._run("2024-12-31"), self.gold)
        self.assertEqual(self._run("2025-01-01"), self.silver)
        self.assertEqual(self._run("2025-12-31"), self.silver)
        self.assertEqual(self._run("2026-01-01"), self.basic)

    def test_who_requalifies_while_landing_stays(self):
        self.club.write({"qualify_period": "calendar", "step_down": "one"})
        self._qualify(self.member, 900, "2023-06-01")
        self.assertEqual(self._run("2024-12-31"), self.gold)
        self.assertEqual(self._run("2025-01-01"), self.silver)
        self._qualify(self.member, 100, "2025-12-31")
        self.assertEqual(self._run("2026-01-01"), self.silver)
        self.assertFalse(self.member.level_until)
        self.assertEqual(self._run("2027-01-01"), self.basic)

    def test_a_year_of_membership_that_began_on_a_leap_day(self):
        """2024-02-29: its years begin on the last day of February."""
        person = self._create_person(self.customer, "Leap")
        with freeze_time("2024-02-29 10:00:00"):
            self.member = self._join(person)
        self.club.write({"qualify_period": "membership", "step_down": "all"})
        self._qualify(self.member, 100, "2024-03-01")
        self.assertEqual(self._run("2024-03-02"), self.silver)
        for day in ("2025-02-28", "2025-03-01", "2026-02-27"):
            self.assertEqual(self._run(day), self.silver, day)
        self.assertEqual(self._run("2026-03-01"), self.basic)

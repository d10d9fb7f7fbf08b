import doctest
from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..tools import holiday_places, public_holidays
from .common.working_time import WorkingTimeCommon


@tagged("post_install", "-at_install")
class TestPublicHolidays(WorkingTimeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls._create_calendar(company_id=cls.company.id)
        cls.china = cls.env.ref("base.cn")
        cls.germany = cls.env.ref("base.de")

    def _open(self, country, year, last_year=None, user=None, lang="en_US", **values):
        wizards = self.env["crm.public.holiday.wizard"].with_user(user or self.adam)
        wizards = wizards.with_context(
            lang=lang, allowed_company_ids=(self.company.ids)
        )
        return wizards.create(
            {
                "country_id": country.id,
                "first_year": year,
                "last_year": last_year or year,
                "calendar_ids": self.shop.ids,
            }
            | values
        )

    def _get_closings(self, calendar=None):
        return self.env["resource.calendar.leaves"].search(
            [("calendar_id", "=", (calendar or self.shop).id)]
        )

    def test_china_in_the_years_that_are_published(self):
        """What the State Council published for them."""
        for year, off, made_up in (
            (2024, 28, ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29"]),
            (2025, 28, ["01-26", "02-08", "04-27", "09-28", "10-11"]),
            (2026, 33, ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]),
        ):
            with self.subTest(year):
                wizard = self._open(self.china, year)
                kinds = wizard.line_ids.grouped("kind")
                self.assertEqual(len(kinds["holiday"]), off)
                days = kinds["makeup"].sorted("date").mapped("date")
                expected = [date.fromisoformat(f"{year}-{day}") for day in made_up]
                self.assertEqual(days[: len(expected)], expected)
                self.assertFalse(wizard.notice)

    def test_the_calendar_works_as_china_does(self):
        self._open(self.china, 2026).action_apply()
        works = set(
            self.shop._get_working_time().get_workdays(
                date(2026, 2, 9), date(2026, 3, 1)
            )
        )
        expected = {9, 10, 11, 12, 13, 14, 24, 25, 26, 27, 28}
        self.assertEqual({day.day for day in works}, expected)
        self.assertPlanned(self.shop, "2026-09-30T17:30", 60, "2026-10-08T09:30")
        self.assertEqual(self.shop.plan_workdays("2026-10-08", 2), date(2026, 10, 10))

    def test_a_makeup_day_works_like_the_day_that_it_makes_up_for(self):
        lines = self._open(self.china, 2024).line_ids.grouped("date")
        self.assertEqual(lines[date(2024, 2, 4)].like_weekday, "3")
        self.assertEqual(lines[date(2024, 2, 18)].like_weekday, "4")

    def test_days_off_that_follow_each_other_are_one_in_local_time(self):
        self._open(self.china, 2026).action_apply()
        closings = self._get_closings().filtered(
            lambda leave: leave.name == "National Day"
        )
        self.assertEqual(
            [(leave.date_from, leave.date_to) for leave in closings],
            [(datetime(2026, 9, 30, 16), datetime(2026, 10, 7, 15, 59, 59))],
        )

    def test_a_second_run_adds_nothing(self):
        self._open(self.china, 2025, 2026).action_apply()
        closings = self._get_closings()
        makeup_days = self.shop.makeup_day_ids
        again = self._open(self.china, 2025, 2026)
        self.assertEqual(set(again.line_ids.mapped("is_known")), {True})
        self.assertEqual(set(again.line_ids.mapped("selected")), {False})
        again.line_ids.selected = True
        again.action_apply()
        self.assertEqual(self._get_closings(), closings)
        self.assertEqual(self.shop.makeup_day_ids, makeup_days)

    def test_each_calendar_gets_what_it_lacks(self):
        berlin = self._create_calendar(tz="Europe/Berlin", company_id=self.company.id)
        self._open(self.germany, 2026).action_apply()
        closings = self._get_closings()
        both = self._open(self.germany, 2026, calendar_ids=(self.shop | berlin).ids)
        self.assertEqual(set(both.line_ids.mapped("is_known")), {False})
        both.action_apply()
        self.assertEqual(self._get_closings(), closings)
        theirs = self._get_closings(berlin)
        self.assertEqual(len(theirs), len(closings))
        new_year = min(theirs.mapped("date_from"))
        self.assertEqual(new_year, datetime(2025, 12, 31, 23))

    def test_only_chosen_days_are_added(self):
        wizard = self._open(self.germany, 2026)
        wizard.line_ids.selected = False
        wizard.line_ids.sorted("date")[0].selected = True
        wizard.action_apply()
        self.assertEqual(self._get_closings().mapped("name"), ["New Year's Day"])

    def test_states_have_holidays_of_their_own(self):
        plain = self._open(self.germany, 2026).line_ids.mapped("date")
        bavaria = self.env.ref("base.state_de_by")
        wizard = self._open(self.germany, 2026, state_id=bavaria.id)
        added = set(wizard.line_ids.mapped("date")) - set(plain)
        self.assertIn(date(2026, 1, 6), added)
        usa = self.env.ref("base.us")
        days = self._open(usa, 2026).line_ids.mapped("date")
        self.assertIn(date(2026, 7, 4), days)
        self.assertIn(date(2026, 7, 3), days)

    def test_a_state_is_found_by_code_or_name_or_said_to_have_none(self):
        find = public_holidays.find_subdivision
        self.assertEqual(find("MY", "MY-01", "Johor"), "01")
        self.assertEqual(find("AU", "NSW", "New South Wales"), "NSW")
        self.assertEqual(find("ES", "M", "Madrid"), "MD")
        self.assertIsNone(find("CN", "BJ", "Beijing"))
        beijing = self.env["res.country.state"].search(
            [("country_id", "=", self.china.id)], limit=1
        )
        wizard = self._open(self.china, 2026, state_id=beijing.id)
        self.assertIn(f"known for {beijing.name}", wizard.notice)
        self.assertEqual(len(wizard.line_ids), 39)

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(holiday_places).failed)

    def test_a_county_has_the_holidays_of_its_nation(self):
        """Easter Monday and the holiday of August are days off in London, not in
        Lanarkshire; a canton has its holidays in each of its languages."""
        british = self.env.ref("base.uk")
        states = self.env["res.country.state"]
        days = {}
        for name in ("London", "Lanarkshire"):
            state = states.search(
                [("name", "=", name), ("country_id", "=", british.id)]
            )
            wizard = self._open(british, 2026, state_id=state.id)
            self.assertFalse(wizard.notice)
            days[name] = set(wizard.line_ids.mapped("date"))
        for day in (date(2026, 4, 6), date(2026, 8, 31)):
            self.assertIn(day, days["London"])
            self.assertNotIn(day, days["Lanarkshire"])
        self.assertIn(date(2026, 1, 2), days["Lanarkshire"])
        find = public_holidays.find_subdivision
        self.assertEqual(find("CH", "BE-FR", "Berne"), "BE")
        self.assertIsNone(find("GB", "L9", "Isle of Man"))

    def test_each_county_and_province_is_in_a_part(self):
        for country in ("uk", "es"):
            place = self.env.ref(f"base.{country}")
            for state in place.state_ids:
                found = public_holidays.find_subdivision(
                    place.code, state.code, state.name
                )
                islands = ("Isle of Man", "Channel Islands")
                self.assertEqual(not found, state.name in islands, state.name)

    def test_where_parts_have_their_own_it_asks_for_the_state(self):
        self.assertIn("choose the state", self._open(self.germany, 2026).notice)
        self.assertFalse(self._open(self.china, 2026).notice)
        self.assertFalse(self._open(self.env.ref("base.jp"), 2026).notice)

    def test_a_year_not_yet_published_says_so(self):
        _first, last = public_holidays.get_published_years()
        wizard = self._open(self.china, last, last + 1)
        self.assertIn("published each autumn", wizard.notice)
        found = wizard.line_ids.filtered(lambda line: line.date.year > last)
        self.assertEqual(set(found.mapped("kind")), {"holiday"})
        self.assertIn(date(last + 1, 10, 1), found.mapped("date"))

    def test_names_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        chinese = self._open(self.china, 2026, lang="zh_CN")
        self.assertIn("春节", chinese.line_ids.mapped("name"))
        _first, last = public_holidays.get_published_years()
        later = self._open(self.china, last + 1, lang="zh_CN")
        self.assertIn("春节", later.line_ids.mapped("name"))
        self.assertIn(
            "Labor Day", self._open(self.germany, 2026).line_ids.mapped("name")
        )

    def test_names_in_a_language_that_is_not_known_are_english(self):
        names = public_holidays.get_holidays("DE", 2026, lang="zh_CN").values()
        self.assertIn("New Year's Day", names)
        names = public_holidays.get_holidays("DE", 2026, lang="de_AT").values()
        self.assertIn("Neujahr", names)

    def test_the_form_shows_what_it_will_add(self):
        wizards = self.env["crm.public.holiday.wizard"].with_user(self.adam)
        with Form(wizards.with_context(default_calendar_ids=self.shop.ids)) as form:
            form.country_id = self.china
            form.first_year = form.last_year = 2025
            self.assertEqual(len(form.line_ids), 33)
            with form.line_ids.edit(0) as line:
                line.selected = False
        wizard = form.record
        wizard.action_apply()
        self.assertEqual(len(self.shop.makeup_day_ids), 5)
        self.assertNotIn("New Year's Day", self._get_closings().mapped("name"))

    def test_bad_choices_are_refused(self):
        for years in ((2027, 2026), (1900, 1900), (2026, 2040), (2026, 9999)):
            with self.subTest(years), self.assertRefused("Choose up to 10 years"):
                self._open(self.germany, *years)
        nowhere = self.env["res.country"].create({"name": "Nowhere", "code": "ZZ"})
        with self.assertRefused("holidays of Nowhere are not known"):
            self._open(nowhere, 2026)
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_calendar(company_id=other.id)
        with self.assertRefused("calendars of your own companies"):
            self._open(self.germany, 2026, calendar_ids=theirs.ids)

    def test_only_administrators_add_days(self):
        for user in (self.rita, self.sally, self.carl):
            with self.assertRaises(AccessError):
                self._open(self.germany, 2026, user=user)

    def test_days_that_follow_each_other_are_one_closing_by_one_name(self):
        lines = self.env["crm.public.holiday.line"]
        for number, name in ((1, "Feast"), (2, "Feast"), (3, "Other"), (5, "Other")):
            lines |= lines.new({"date": date(2026, 3, number), "name": name})
        runs = self.env["crm.public.holiday.wizard"]._get_runs(lines)
        self.assertEqual([len(run) for run in runs], [2, 1, 1])

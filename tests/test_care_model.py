"""CA-1, CA-3: the statements of care against plain loops.

Random offsets, zones and moments; and ten years, night by night, of every kind of day.
"""

from datetime import date, datetime, timedelta

import care_model
from hypothesis import given, settings
from hypothesis import strategies as st
from trials import trials

from odoo.tests import TransactionCase, freeze_time, tagged

from odoo.addons.crm_relations.tools import birthdays, feasts, public_holidays

ZONES = [
    *["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Pacific/Auckland"],
    *["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "Australia/Lord_Howe"],
]
# As published by the State Council and the Purple Mountain Observatory.
SPRING_FESTIVAL = """2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13
    2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19""".split()
MID_AUTUMN = """2024-09-17 2025-10-06 2026-09-25 2027-09-15 2028-10-03 2029-09-22
    2030-09-12 2031-10-01 2032-09-19 2033-09-08 2034-09-27""".split()
# Eleven years, or the first five of them.
FIRST, LAST = date(2024, 1, 1), date(2023 + trials(11), 12, 31)
STEPS = [1, 33, 17, 25, 29, 1, 21]
OPEN = ["birthday", "family", "founded", "first_order", "relation"]


class CareModelCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.care.rule"].search([]).active = False
        cls.company = cls.env["res.company"]._get_relations_default()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.customer = cls._create_customer("Customer", tz="Asia/Shanghai")

    @classmethod
    def _create_customer(cls, name, **values):
        values = {"name": name, "is_managed_customer": True, **values}
        return cls.env["res.partner"].create(values)

    @classmethod
    def _create_rule(cls, trigger, **values):
        values = {"name": trigger, "start_date": "2020-01-01", **values}
        return cls.env["crm.care.rule"].create({"trigger": trigger, **values})


@tagged("post_install", "-at_install")
class TestCareOffsets(CareModelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.env["res.users"].create({"name": "S", "login": "care_seller"})
        cls.person = cls.env["res.partner"].create(
            {"name": "Person", "parent_id": cls.customer.id, "type": "contact"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {"name": "L", "partner_id": cls.person.id}
        )
        fields = cls.env["ir.model.fields"]._get_ids("crm.lead")
        cls.model_values = {
            "model_id": cls.env["ir.model"]._get_id("crm.lead"),
            "source_domain": repr([("id", "=", cls.lead.id)]),
        }
        cls.fields = {"day": fields["date_deadline"], "moment": fields["date_open"]}
        cls.rule = cls._create_rule(
            "date_field", field_id=cls.fields["day"], **cls.model_values
        )

    @settings(max_examples=trials(150), deadline=None, derandomize=True)
    @given(
        zones=st.tuples(*[st.sampled_from([False, *ZONES])] * 3),
        unit=st.sampled_from(["minutes", "hours", "days", "months"]),
        number=st.integers(0, 30),
        side=st.sampled_from(["before", "after"]),
        minute=st.integers(0, 24 * 60 - 1),
        today=st.dates(date(2024, 1, 1), date(2034, 12, 31)),
        distance=st.integers(-40 * 24 * 60, 40 * 24 * 60),
        is_day=st.booleans(),
        ahead=st.integers(0, 20),
        catch_up=st.integers(0, 10),
    )
    def test_due_when_the_plain_model_says(
        self,
        zones,
        unit,
        number,
        side,
        minute,
        today,
        distance,
        is_day,
        ahead,
        catch_up,
    ):
        """Whatever is in its span is made, due at the same minute; nothing else is."""
        shape = {
            **{"number": number, "unit": unit, "side": side, "ahead": ahead},
            **{"catch_up": catch_up, "time_of_day": minute / 60},
        }
        moment = datetime.combine(today, datetime.min.time())
        moment += timedelta(minutes=distance)
        event = {"day": moment.date()} if is_day else {"moment": moment}
        self._prepare(zones, shape, event)
        with freeze_time(datetime.combine(today, datetime.min.time())):
            made = self.env.execute_query_dict(self.rule._get_occasions_sql())
        zone = care_model.choose_zone(*zones, "UTC")
        due_at = care_model.get_due(shape, zone, **event)
        expected = []
        if care_model.is_served(shape, zone, due_at, today, **event):
            expected = [(due_at, "planned")]
        self.assertEqual([(row["due_at"], row["state"]) for row in made], expected)

    def _prepare(self, zones, shape, event):
        self.customer.tz, self.person.tz, self.seller.tz = zones
        self.customer.user_id = self.seller
        [(kind, value)] = event.items()
        self.lead.write({"date_deadline": False, "date_open": False})
        self.lead.write({"date_deadline" if kind == "day" else "date_open": value})
        self.rule.write(
            {
                "field_id": self.fields[kind],
                "offset_number": shape["number"],
                "offset_unit": shape["unit"],
                "offset_side": shape["side"],
                "time_of_day": shape["time_of_day"],
                "plan_ahead_days": shape["ahead"],
                "catch_up_days": shape["catch_up"],
            }
        )
        self.env.flush_all()


@tagged("post_install", "-at_install")
class TestCareTenYears(CareModelCase):
    """From 2024 to 2034 at most, with standstills of up to a month: each occasion of
    each rule once, on the right day, at 09:00 in Shanghai."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        days = {"plan_ahead_days": 20, "catch_up_days": 15}
        only = {"domain": repr([("id", "=", cls.customer.id)]), **days}
        cls._create_people()
        cls.customer.write({"founded_on": "2012-02-29", "relation_since": "2020-07-31"})
        cls.customer.sudo().first_order_on = "2021-12-31"
        cls.rules = {name: cls._create_rule(name, **only) for name in OPEN}
        for feast in feasts.FEASTS:
            cls.rules[feast] = cls._create_rule("feast", feast=feast, **only)
        cls.rules["holiday"] = cls._create_rule(
            "holiday", country_id=cls.env.ref("base.de").id, **only
        )
        lines = [
            {"name": "Yearly", "month": 2, "day": 29},
            {"name": "Once", "month": 5, "day": 20, "year": 2027},
            {"name": "Lunar", "calendar": "lunar", "month": 12, "day": 30},
        ]
        cls.rules["own_date"] = cls._create_rule(
            "own_date", date_ids=[(0, 0, line) for line in lines], **only
        )

    @classmethod
    def _create_people(cls):
        person = cls.env["res.partner"].create(
            {"name": "P", "parent_id": cls.customer.id, "type": "contact"}
        )
        child = {"birth_calendar": "lunar", "birth_month": 6, "birth_day": 30}
        cls.env["crm.person.profile"].create(
            {
                "partner_id": person.id,
                "birth_month": 2,
                "birth_day": 29,
                "family_member_ids": [
                    (0, 0, {"name": "C", "birth_leap_month": True, **child})
                ],
            }
        )

    def test_every_occasion_once_on_its_day(self):
        day = FIRST
        self.env.flush_all()
        while day <= LAST:
            with freeze_time(datetime.combine(day, datetime.min.time())):
                for rule in self.rules.values():
                    rule._create_tasks()
            # For weeks nothing runs, as long as the rules catch up; or night by night.
            day += timedelta(days=STEPS[day.toordinal() % len(STEPS)])
        for name, expected in self._get_expected().items():
            with self.subTest(name):
                tasks = self.rules[name].task_ids
                self.assertEqual(set(tasks.mapped("state")), {"planned"})
                found = sorted(tasks.mapped("occasion_date"))
                found = [day for day in found if FIRST <= day <= LAST]
                self.assertEqual(found, expected)
                for task in tasks:
                    due_at = care_model.to_utc(task.occasion_date, 9, "Asia/Shanghai")
                    self.assertEqual(task.due_at, due_at)

    def _get_expected(self):
        """Return ``{rule: [date]}``: what a calendar on the wall says."""
        holidays = public_holidays.find_holidays("DE", FIRST, LAST)
        expected = {
            **self._get_lunar_days(),
            **self._get_solar_days(),
            "holiday": [day for *_names, day in holidays],
        }
        return {
            name: sorted(day for day in days if day and FIRST <= day <= LAST)
            for name, days in expected.items()
        }

    def _get_solar_days(self):
        years = range(FIRST.year, LAST.year + 1)
        february = [birthdays.solar_celebration(year, 2, 29) for year in years]
        last_of_year = [birthdays.lunar_celebration(year - 1, 12, 30) for year in years]
        return {
            "birthday": february,
            "founded": february,
            "first_order": [date(year, 12, 31) for year in years],
            "relation": [date(year, 7, 31) for year in years],
            "own_date": [*february, *last_of_year, date(2027, 5, 20)],
        }

    def _get_lunar_days(self):
        known = range(FIRST.year - 1, LAST.year + 1)
        return {
            "family": [
                birthdays.lunar_celebration(year, 6, 30, True) for year in known
            ],
            **{
                feast: [feasts.get_feast(feast, year) for year in known]
                for feast in feasts.FEASTS
            },
            "spring_festival": map(date.fromisoformat, SPRING_FESTIVAL),
            "mid_autumn": map(date.fromisoformat, MID_AUTUMN),
        }

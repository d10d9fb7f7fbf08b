from datetime import datetime, timedelta

from lxml import etree

from odoo.fields import Domain
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import RelationsCommon

NOW = datetime(2026, 5, 5, 10)
TODAY = NOW.date()
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFilters(RelationsCommon):
    """A filter of a list finds what its name says, to the second."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rita.tz = "UTC"
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def _find(self, model, view, name, records):
        """Return which of the records a filter finds for rita."""
        table = self.env[model].with_user(self.rita).with_context(tz="UTC")
        view = self.env.ref(f"crm_relations.{view}")
        arch = etree.fromstring(table.get_view(view.id, "search")["arch"])
        [found] = arch.xpath(f"//filter[@name='{name}']")
        domain = safe_eval(found.get("domain"), {"uid": self.rita.id})
        return table.search(Domain(domain) & Domain("id", "in", records.ids))

    def assertFilters(self, model, view, name, column, cases, values=None):
        """The filter finds those of the values of a column that are marked True.

        :param cases: pairs of a value and whether it is found
        :param values: of the other columns
        """
        self.env.flush_all()
        table = self.env[model]._table
        for value, expected in cases:
            columns = {**(values or {}), column: value}
            sets = ", ".join(f'"{key}" = %s' for key in columns)
            self.env.cr.execute(
                f"UPDATE {table} SET {sets} WHERE id = %s",
                [*columns.values(), self.record.id],
            )
            self.env.invalidate_all()
            with self.subTest(filter=name, value=value):
                found = self._find(model, view, name, self.record)
                self.assertEqual(bool(found), expected)

    def test_filters_of_customers(self):
        self.record = self.customer
        month_ago = datetime(2026, 4, 5)
        for name, column, cases in (
            ("incomplete", "archive_rate", ((49, True), (50, False))),
            ("bought", "sales_12_months", ((0, False), (0.01, True), (-1, False))),
            ("never_bought", "confirmed_order_count", ((0, True), (1, False))),
            ("unowned", "user_id", ((None, True), (self.rita.id, False))),
            ("mine", "user_id", ((self.rita.id, True), (self.sally.id, False))),
            (
                "silent_30",
                "last_followup_at",
                ((None, True), (month_ago - DAY, True), (month_ago + DAY, False)),
            ),
            (
                "overdue",
                "next_order_expected_on",
                ((TODAY - DAY, True), (TODAY, False), (None, False)),
            ),
        ):
            view = "crm_customer_view_search"
            self.assertFilters("res.partner", view, name, column, cases)

    def test_filters_of_the_chance_that_a_customer_still_buys(self):
        """Below 30 lost, up to 70 in doubt; without model nobody knows."""
        self.record = self.customer
        self.env["crm.activity.model"]._create_missing()
        model = self.env["crm.activity.model"].search([], limit=1)
        view, column = "crm_customer_view_search", "active_probability"
        known, unknown = {"activity_model_id": model.id}, {"activity_model_id": None}
        for name, cases in (
            ("likely_lost", ((0, True), (29, True), (30, False))),
            (
                "worth_a_call",
                ((29, False), (30, True), (69, True), (70, False)),
            ),
        ):
            self.assertFilters("res.partner", view, name, column, cases, known)
            never = [(value, False) for value, _found in cases]
            self.assertFilters("res.partner", view, name, column, never, unknown)

    def test_filters_of_visitors_at_the_reception(self):
        """Of today, and who is still there from yesterday."""
        self.record = self.env["crm.reception"].create({"name": "Visitor"})
        start = datetime.combine(TODAY, datetime.min.time())
        for left, cases in (
            (None, ((start - SECOND, True), (start, True))),
            (NOW, ((start - SECOND, False), (start, True))),
        ):
            self.assertFilters(
                *("crm.reception", "crm_reception_view_search", "today"),
                *("arrived_at", cases, {"left_at": left}),
            )

    def test_filters_of_callbacks(self):
        self.record = self.env["crm.callback"].create(
            {
                "partner_id": self.customer.id,
                "own_purpose": "How was it?",
                "deadline_at": NOW + DAY,
            }
        )
        view = "crm_callback_view_search"
        moments = ((NOW - SECOND, True), (NOW + SECOND, False))
        never = [(moment, False) for moment, _found in moments]
        for state, cases in (("open", moments), ("done", never)):
            self.assertFilters(
                *("crm.callback", view, "late", "deadline_at", cases),
                {"state": state},
            )
        for name, column, value in (
            ("nobody", "agent_id", self.rita.id),
            ("no_number", "number_partner_id", self.customer.id),
        ):
            for state, found in (("open", True), ("done", False)):
                cases = ((None, found), (value, False))
                self.assertFilters(
                    "crm.callback", view, name, column, cases, {"state": state}
                )

    def _create_care_task(self):
        return self.env["crm.care.task"].create(
            {
                "rule_id": self.env["crm.care.rule"].create({"name": "Rule"}).id,
                "partner_id": self.customer.id,
                "occasion": "test",
                "occasion_date": TODAY,
                "due_at": NOW,
                "facts": {},
            }
        )

    def test_filters_of_care(self):
        self.record = self._create_care_task()
        start = datetime.combine(TODAY, datetime.min.time())
        view = "crm_care_task_view_search"
        week = (
            (start - SECOND, False),
            (start, True),
            (start + 8 * DAY - SECOND, True),
            (start + 8 * DAY, False),
        )
        late = ((NOW - SECOND, True), (NOW + SECOND, False))
        for name, column, state, cases in (
            ("week", "due_at", "planned", week),
            ("week", "due_at", "open", ((start - DAY, True), (start + 9 * DAY, True))),
            ("late", "deadline_at", "open", late),
            ("late", "deadline_at", "done", ((NOW - SECOND, False),)),
            ("nobody", "user_id", "open", ((None, True), (self.rita.id, False))),
            ("nobody", "user_id", "planned", ((None, True),)),
            ("nobody", "user_id", "done", ((None, False),)),
        ):
            self.assertFilters(
                "crm.care.task", view, name, column, cases, {"state": state}
            )
        for state in ("planned", "open", "done", "missed", "failed", "dropped"):
            for name, states in (
                ("open", ("planned", "open")),
                ("to_do", ("open",)),
                ("failed", ("failed",)),
                ("missed", ("missed",)),
            ):
                self.assertFilters(
                    *("crm.care.task", view, name, "state", ((state, state in states),))
                )

    def test_filters_of_visits(self):
        self.record = self._create_followup(self.customer)
        view = "crm_followup_view_search_visit"
        out = {"check_out_at": None}
        for name, column, cases, values in (
            ("open_visits", "check_in_at", ((NOW, True), (None, False)), out),
            ("open_visits", "check_out_at", ((NOW, False),), {"check_in_at": NOW}),
            ("verified", "visit_result", (("verified", True), ("far", False)), {}),
            (
                "not_verified",
                "visit_result",
                (("verified", False), ("far", True), (None, False)),
                {},
            ),
        ):
            self.assertFilters("crm.followup", view, name, column, cases, values)

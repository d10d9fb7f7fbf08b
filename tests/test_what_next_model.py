"""FU-11: the SQL of What Next against plain Python, on random customers and weights."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trials import trials

from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.crm_relations.models.what_next.res_company import WEIGHTS
from odoo.addons.crm_relations.tools.what_next import (
    LAYER_CHANCES,
    OLDEST_MESSAGE_DAYS,
    Customer,
    decide,
)

MOST = 6
DAYS = st.none() | st.integers(-3, 40)
WRITTEN = st.none() | st.integers(0, OLDEST_MESSAGE_DAYS + 5)
CUSTOMER = st.fixed_dictionaries(
    {
        "sales": st.sampled_from([-20.0, 0.0, 0.01, 300.0, 12345.67]),
        "usual": st.sampled_from([None, "tier", "company"]),
        "active": st.none() | st.integers(0, 100),
        "order_days": st.integers(0, 5),
        "silent": st.none() | st.integers(-2, 400),
        "interval": st.integers(-3, 200),
        "layer": st.sampled_from([None, *LAYER_CHANCES]),
        "due_since": DAYS,
        "release_in": DAYS,
        "quotations": st.lists(
            st.tuples(st.integers(0, 40), st.sampled_from([0, 5, 99999])), max_size=2
        ),
        "message": WRITTEN,
        "contacted": WRITTEN,
        "is_planned": st.booleans(),
        "is_lost": st.booleans(),
        "refuses": st.sampled_from([False, False, False, True]),
    }
)
SHARES = st.lists(
    st.sampled_from([0, 1, 10, 50, 99, 100]),
    min_size=len(WEIGHTS),
    max_size=len(WEIGHTS),
)
USUAL = {"tier": 700.0, "company": 450.0}


@tagged("post_install", "-at_install")
class TestWhatNextModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env["res.company"]._get_relations_default()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.user = new_test_user(
            cls.env, "next_model", groups="crm_relations.group_sales_user"
        )
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"C{number}", "is_managed_customer": True}
                for number in range(MOST)
            ]
        )
        cls.partners.user_id = cls.user
        cls.tier = cls.env["crm.tier"].create({"name": "T"})
        cls.model = cls.env["crm.activity.model"].search(
            [("company_id", "=", cls.company.id)]
        ) or cls.env["crm.activity.model"].create({"company_id": cls.company.id})
        cls.reason = cls.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        cls.env["crm.usual.value"].search([]).unlink()
        for tier, source in ((cls.tier, "tier"), (cls.tier.browse(), "company")):
            cls.env["crm.usual.value"].create(
                {
                    "company_id": cls.company.id,
                    "tier_id": tier.id,
                    "amount": USUAL[source],
                }
            )
        cls.today = cls.company._get_relations_today()

    @settings(
        max_examples=trials(60),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(customers=st.lists(CUSTOMER, min_size=1, max_size=MOST), shares=SHARES)
    def test_sql_decides_as_the_model_does(self, customers, shares):
        with self.env.cr.savepoint() as savepoint:
            self._compare(customers, shares)
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, customers, shares):
        self.company.write(dict(zip(WEIGHTS, shares, strict=True)))
        expected = {}
        for partner, drawn in zip(self.partners, customers, strict=False):
            self._write(partner, drawn)
            result = decide(self._get_customer(drawn), self.company._get_next_weights())
            if result.influence > 0:
                expected[partner] = result
        self.env.invalidate_all()
        lines = self.env["crm.next.contact"].with_user(self.user)
        lines = lines.search(
            [("partner_id", "in", self.partners[: len(customers)].ids)]
        )
        self.assertEqual(set(lines.partner_id), set(expected))
        for line in lines:
            result = expected[line.partner_id]
            for name in ("value", "chance", "influence", "at_stake"):
                self.assertAlmostEqual(
                    line[name], getattr(result, name), places=6, msg=name
                )
        stakes = [expected[line.partner_id].at_stake for line in lines]
        for first, second in zip(stakes, stakes[1:], strict=False):
            self.assertGreaterEqual(first, second - 1e-6)

    def _get_customer(self, drawn):
        """Return what the model is told of what has been written."""
        known = drawn["silent"] is not None
        return Customer(
            sales=drawn["sales"],
            usual=USUAL["tier" if drawn["usual"] == "tier" else "company"],
            quoted=float(sum(amount for _age, amount in drawn["quotations"])),
            active=None if drawn["active"] is None else drawn["active"] / 100,
            order_days=drawn["order_days"],
            silent=max(drawn["silent"], 0) if known else None,
            interval=max(drawn["interval"], 1) if known else None,
            layer=drawn["layer"],
            due_since=drawn["due_since"],
            release_in=drawn["release_in"],
            quotation_age=max((age for age, _a in drawn["quotations"]), default=None),
            message_age=self._get_message_age(drawn),
            contacted=drawn["contacted"],
            is_planned=drawn["is_planned"],
            is_lost=drawn["is_lost"],
            refuses=drawn["refuses"],
        )

    def _get_message_age(self, drawn):
        """Return how old the message is that still waits for an answer."""
        message, contacted = drawn["message"], drawn["contacted"]
        if message is None or message > OLDEST_MESSAGE_DAYS - 1:
            return None
        is_answered = contacted is not None and message >= contacted
        return None if is_answered else message

    def _write(self, partner, drawn):
        last = self._ago(drawn["silent"])
        interval = timedelta(days=drawn["interval"])
        values = {
            "sales_12_months": drawn["sales"],
            "tier_id": self.tier.id if drawn["usual"] == "tier" else None,
            "activity_model_id": None if drawn["active"] is None else self.model.id,
            "active_probability": drawn["active"],
            "order_day_count": drawn["order_days"],
            "last_order_on": last,
            "next_order_expected_on": last and last + interval,
            "lifecycle": drawn["layer"],
            "contact_due_date": self._ago(drawn["due_since"]),
            "pool_release_date": self._ago(
                None if drawn["release_in"] is None else -drawn["release_in"]
            ),
            "last_followup_at": self._ago(drawn["contacted"]),
            "care_opt_out": drawn["refuses"],
        }
        self._create_documents(partner, drawn)
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE res_partner SET {name} = %s WHERE id = %s", [value, partner.id]
            )

    def _create_documents(self, partner, drawn):
        for age, amount in drawn["quotations"]:
            order = self.env["sale.order"].create({"partner_id": partner.id})
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE sale_order SET date_order = %s, amount_untaxed = %s"
                " WHERE id = %s",
                [self._ago(age), amount, order.id],
            )
        if drawn["message"] is not None:
            self.env["mail.message"].create(
                {
                    **{"model": "res.partner", "res_id": partner.id, "body": "?"},
                    **{"author_id": partner.id, "message_type": "email"},
                    "date": self._ago(drawn["message"]),
                }
            )
        if drawn["is_planned"]:
            partner.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.user.id
            )
        if drawn["is_lost"]:
            partner.register_lost(self.reason.id)

    def _ago(self, days):
        return None if days is None else self.today - timedelta(days=days)

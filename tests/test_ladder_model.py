"""SE-9: the SQL of the ladder against a plain Python model, on random evidence."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.ladder import Kind, decide

CODES = ["t0", "t1", "t2"]
KIND = st.fixed_dictionaries(
    {
        "points": st.sampled_from([-20, -7.5, 0, 0.01, 5, 10, 33.33]),
        "half_life_days": st.sampled_from([0, 1, 30, 365]),
        "most_points": st.sampled_from([0, 10, 25.5]),
        "reach": st.sampled_from("12345"),
        "cap": st.sampled_from([False, False, False, "1", "3"]),
        "active": st.sampled_from([True, True, True, False]),
    }
)
PIECE = st.tuples(
    st.integers(0, len(CODES) - 1),
    st.integers(-3, 800),
    st.sampled_from([None, 1, Decimal("-0.5"), Decimal("0.33")]),
)
CUSTOMERS = st.lists(st.lists(PIECE, max_size=6), min_size=1, max_size=6)
THRESHOLDS = st.lists(st.integers(-10, 60), min_size=4, max_size=4, unique=True)


@tagged("post_install", "-at_install")
class TestLadderModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = cls.env["crm.relationship.evidence.kind"].create(
            [
                {"name": code, "code": code, "source_model": "res.partner"}
                for code in CODES
            ]
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"C{n}", "is_managed_customer": True} for n in range(6)]
        )
        company = cls.env["res.company"]._get_relations_default()
        cls.today = company._get_relations_today()
        cls.levels = cls.env["crm.relationship.level"]._get_thresholds()

    @settings(
        max_examples=80,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        customers=CUSTOMERS,
        kinds=st.lists(KIND, min_size=3, max_size=3),
        thresholds=THRESHOLDS.map(sorted),
    )
    def test_sql_decides_as_the_model_does(self, customers, kinds, thresholds):
        with self.env.cr.savepoint() as savepoint:
            self._compare(customers, kinds, thresholds)
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self, customers, kinds, thresholds):
        for record, values in zip(self.kinds, kinds, strict=True):
            record.write(values)
        self._write_thresholds(thresholds)
        partners = self.partners[: len(customers)]
        evidence = self._get_evidence(partners, customers)
        self.patch(
            type(self.env["res.partner"]),
            "_get_relationship_evidence",
            lambda _partners, _ids=None: evidence,
        )
        partners._refresh_relationship(partners.ids)
        self.assertEqual(
            [partner.relationship_level or None for partner in partners],
            [
                decide(self._get_pieces(pieces, kinds), thresholds)
                for pieces in customers
            ],
        )

    def _get_pieces(self, pieces, kinds):
        return [
            (
                Kind(
                    CODES[number],
                    **{key: kinds[number][key] for key in Kind._fields[1:]},
                ),
                age,
                1 if factor is None else factor,
            )
            for number, age, factor in pieces
            if kinds[number]["active"]
        ]

    def _write_thresholds(self, thresholds):
        self.env.flush_all()
        for level, needed in zip(self.levels, thresholds, strict=True):
            self.env.cr.execute(
                "UPDATE crm_relationship_level SET at_least = %s WHERE id = %s",
                [needed, level.id],
            )
        self.levels.invalidate_recordset()

    def _get_evidence(self, partners, customers):
        rows = [
            (partner.id, CODES[kind], self.today - timedelta(days=age), factor, number)
            for partner, pieces in zip(partners, customers, strict=True)
            for number, (kind, age, factor) in enumerate(pieces)
        ]
        rows = rows or [(0, "none", self.today, None, 0)]
        return SQL(
            "SELECT * FROM (VALUES %s) "
            "AS row (partner_id, kind, occurred_on, factor, res_id)",
            SQL(", ").join(
                SQL("(%s, %s, %s::date, %s::numeric, %s)", *row) for row in rows
            ),
        )

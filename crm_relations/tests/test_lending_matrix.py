from itertools import product

from odoo.tests import freeze_time, tagged

from .common.confidential import ConfidentialCommon

# Only who may change it copies it: what is lent does not go along.
NOT_LENT = {"copy"}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestLendingMatrix(ConfidentialCommon):
    """AR-10: every field of every confidential model, by every way, before, during and
    after a loan."""

    def _get_states(self):
        """Yield the name of a state in which nothing may be read, once it is there."""
        self._end_all()
        yield "never asked for"
        self._ask(parts=self.parts)
        loan = self._get_loans()
        yield "asked for"
        loan.with_user(self.sally).refuse("No")
        yield "refused"
        loan = self._lend(parts=self.parts)
        loan.with_user(self.sally).revoke("No more")
        yield "revoked"
        self._lend(parts=self.parts).with_user(self.sam).give_back()
        yield "given back"
        self._lend(parts=self.parts, since=self._day(2))
        yield "not begun"
        self._get_loans()[-1]._end("returned")
        other = {"profiles", "documents", "card"} - set(self.parts)
        self._lend(parts=other)
        yield "of another part"
        self._get_loans()[-1]._end("returned")
        self._lend(parts=self.parts, partners=self.other)
        yield "of another customer"
        self._lend(parts=self.parts, user=self.anna)
        yield "of another person"
        self._lend(parts=self.parts, days=1)

    def _end_all(self):
        self.loans.search([("state", "in", ("asked", "approved"))])._end("returned")

    def _get_fields(self, record):
        """Return the confidential fields that have a value."""
        return [
            name for name in sorted(record._get_confidential_names()) if record[name]
        ]

    def _get_parts_of(self, model):
        return [self.env[model]._confidential_part]

    def assertClosed(self, record, state, names):
        for way, method in self._get_ways().items():
            for name in names:
                with self.subTest(state=state, model=record._name, way=way, field=name):
                    self.assertEqual(self._try(method, record, name), "")

    def test_every_confidential_model_is_tried(self):
        self.assertEqual(set(self.records), self._get_models())
        self.assertGreater(len(self._get_ways()), 15)

    def test_what_is_not_lent_is_closed_by_every_way(self):
        for model, record in self.records.items():
            self.parts = self._get_parts_of(model)
            names = self._get_texts(record)
            others = [n for n in self._get_fields(record) if n not in names]
            for state in self._get_states():
                self.assertClosed(record, state, names[:1] if names else others[:1])
            # Lent until the end of tomorrow: no job has run since.
            with freeze_time("2026-03-06 00:00:00"):
                self.assertClosed(record, "expired", names + others)

    def _get_readings(self):
        """Yield record, way, its method and field of what is lent meanwhile, and the
        loan."""
        for model, record in self.records.items():
            loan = self._lend(parts=self._get_parts_of(model))
            ways, names = self._get_ways().items(), self._get_texts(record)
            for (way, method), name in product(ways, names):
                yield record, way, method, name, loan
            loan._end("returned")

    def test_what_is_lent_is_read_by_every_way(self):
        for record, way, method, name, _loan in self._get_readings():
            found = self._try(method, record, name)
            with self.subTest(model=record._name, way=way, field=name):
                self.assertEqual(self._mark(name) in found, way not in NOT_LENT)

    def test_each_reading_is_logged_with_its_right(self):
        log = self.env["crm.confidential.access"]
        for record, way, method, name, loan in self._get_readings():
            if way in NOT_LENT:
                continue
            log.search([]).unlink()
            self._try(method, record, name)
            with self.subTest(model=record._name, way=way, field=name):
                lines = log.search([("user_id", "=", self.sam.id)])
                self.assertIn(record._name, lines.mapped("res_model"))
                whole = lines.filtered("res_id")
                self.assertLessEqual(set(whole.mapped("access_right")), {"loan"})
                self.assertLessEqual(whole.loan_id, loan)

from base64 import b64decode, b64encode
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..models.intake import crm_complaint_many
from .common.complaint import ComplaintCommon

SHARED = Path(__file__).with_name("data") / "nhtsa_vehicle_complaints_100.csv"
HEAD = "reference,narrative,faildate,crash,name\n"


@tagged("post_install", "-at_install")
class TestIntakeImport(ComplaintCommon):
    """A table of complaints from elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.category"]._use_dealer_terms()

    def _import(self, content, **values):
        table = self.env["crm.complaint.import"].with_user(self.mona)
        table = table.create({"file": b64encode(content), **values})
        table.action_check()
        self.assertFalse(table.complaint_ids)
        table.action_import()
        return table

    def test_the_public_register_comes_in_whole_and_once(self):
        content = SHARED.read_bytes()
        table = self._import(content)
        self.assertEqual((table.good_count, table.refused_count), (100, 0))
        found = table.complaint_ids
        self.assertFalse(found.filtered(lambda one: not one.category_id))
        danger = found.filtered(
            lambda one: any(
                word in one.facts
                for word in ("crash: Y", "fire: Y", "injured: 1", "deaths: 1")
            )
        )
        self.assertEqual(len(danger), 28)
        self.assertEqual(set(danger.mapped("severity")), {"4"})
        first = found.filtered(lambda one: one.reference == "958124")
        self.assertEqual(str(first.occurred_on), "1994-11-28")
        self.assertEqual(first.subject, "TOYOTA COROLLA 1994")
        self.assertEqual(first.category_id.name, "Air Bags")
        again = self._import(content)
        self.assertEqual((again.good_count, again.known_count), (0, 100))

    def test_rows_of_one_reference_may_be_one_complaint(self):
        table = self._import(SHARED.read_bytes(), same_reference="one")
        self.assertEqual(table.good_count, 77)
        several = table.complaint_ids.filtered(lambda one: one.reference == "958167")
        self.assertIn("HORN PAD", several.facts)
        self.assertIn("SEAT ADJUSTMENT", several.facts)
        again = self._import(SHARED.read_bytes(), same_reference="one")
        self.assertEqual((again.good_count, again.known_count), (0, 100))

    def test_bad_rows_are_named_and_cells_are_text(self):
        rows = (
            "1,=cmd|' /C calc'!A0,2024-01-05,N,Ann\n"
            "2,bad day,2024-13-45,N,Ann\n"
            "3,,2024-01-05,N,Ann\n"
            "4,nobody,2024-01-05,N,\n"
            "5,danger,2024-01-05,perhaps,Ann\n"
            "1,=cmd|' /C calc'!A0,2024-01-05,N,Ann\n"
        )
        table = self._import((HEAD + rows).encode())
        self.assertEqual(table.good_count, 1)
        self.assertIn("=cmd|' /C calc'!A0", table.complaint_ids.facts)
        wrong = table.line_ids.filtered(lambda line: line.code == "wrong")
        self.assertEqual(sorted(wrong.mapped("number")), [3, 4, 5, 6])
        self.assertIn("2024-13-45", wrong.filtered(lambda x: x.number == 3).message)
        self.assertEqual(table.known_count, 1)

    def test_a_register_with_the_year_last_is_read_as_its_column_says(self):
        """Registers of America and of Europe; one that may be both is asked for."""
        for last, day in (("12/31/2023", "2023-05-01"), ("31/12/2023", "2023-01-05")):
            rows = f"{last}-1,a,05/01/2023,N,Ann\n{last}-2,b,{last},N,Ann\n"
            table = self._import((HEAD + rows).encode())
            self.assertEqual(table.good_count, 2)
            found = table.complaint_ids.filtered(lambda one: one.subject == "a")
            self.assertEqual(str(found.occurred_on), day)
        table = self._import((HEAD + "9,c,05/01/2023,N,Ann\n").encode())
        self.assertEqual(table.good_count, 0)
        self.assertIn("may be two dates", table.line_ids.message)

    def test_a_table_is_imported_once_and_opens_what_it_registered(self):
        self._import((HEAD + "0,other,2024-01-05,N,Ann\n").encode())
        table = self._import((HEAD + "1,word,2024-01-05,N,Ann\n").encode())
        action = table.action_open_complaints()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, table.complaint_ids)
        with self.assertRaisesRegex(UserError, "Check the file first"):
            table.action_import()

    def test_many_are_as_many_as_may_be(self):
        complaints = self.env["crm.complaint"].with_user(self.mona)
        with patch.object(crm_complaint_many, "MOST", 2):
            self.assertEqual(len(complaints.register_many([{}] * 2)), 2)
            with self.assertRaisesRegex(ValidationError, "at most 2"):
                complaints.register_many([{}] * 3)

    def test_a_survey_registers_what_a_complaint_knows(self):
        values = {"subject": "Low", "partner_id": self.customer.id, "junk": 1}
        complaint = self.env["crm.complaint.gate"]._register_complaint(values)
        self.assertEqual((complaint.subject, complaint.channel), ("Low", "survey"))

    def test_the_template_comes_in_as_it_is(self):
        """Each of its columns is known, in both languages."""
        self.env["res.lang"]._activate_lang("zh_CN")
        for lang, said in (("en_US", "Seal is torn"), ("zh_CN", "密封条破损")):
            table = self.env["crm.complaint.import"].with_context(lang=lang)
            table = table.with_user(self.mona).create({})
            with self.subTest(lang):
                opened = table.action_template()
                self.assertIn(f"/{table.id}/template/", opened["url"])
                taken = self._import(b64decode(table.template))
                targets = taken.column_ids.mapped("target")
                self.assertEqual(len(set(targets)), len(targets))
                self.assertNotIn("note", targets)
                self.assertFalse(taken.line_ids.mapped("message"))
                self.assertEqual(taken.complaint_ids.subject, said)
                self.assertFalse(taken.complaint_ids.is_safety)

    def test_what_is_no_table_is_refused(self):
        for content in (b"", b"\x89PNG\0", b"a,a\n1,2\n", b"a,b\n"):
            with self.subTest(content=content), self.assertRaises(UserError):
                self._import(content)

    def test_many_are_answered_one_by_one(self):
        complaints = self.env["crm.complaint"].with_user(self.desk)
        good = {"facts": "It rattles", "caller_name": "Ann", "source_key": "a1"}
        answers = complaints.register_many(
            [
                good,
                good,
                {"facts": "x", "caller_name": "Bob", "channel": "pigeon"},
                {"facts": "nobody says so"},
                {"facts": "x", "caller_name": "B", "occurred_on": "2999-01-01"},
                {"facts": "x", "partner_id": 2**31 - 1},
                "no values",
                {"facts": "x", "caller_name": "C", "state": "closed"},
                {"facts": "Fine", "partner_id": self.customer.id},
            ]
        )
        self.assertEqual(
            [row["code"] for row in answers],
            ["ok", *["wrong"] * 5, "missing", "wrong", "ok"],
        )
        again = complaints.register_many([good])
        self.assertEqual(again[0]["code"], "known")
        self.assertEqual(again[0]["id"], answers[0]["id"])
        first = self.env["crm.complaint"].browse(answers[0]["id"])
        self.assertEqual(first.first_asked_id, self.desk)

    def test_many_take_as_many_statements_as_few(self):
        complaints = self.env["crm.complaint"].with_user(self.desk)
        counts = {}
        for count in (20, 20, 200):  # the first one fills what is kept
            rows = [
                {"facts": f"It rattles {number}", "caller_name": "Ann"}
                for number in range(count)
            ]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            answers = complaints.register_many(rows)
            self.env.flush_all()
            counts[count] = self.env.cr.sql_log_count - before
        # A thousand rows go into one INSERT, but for wide ones.
        self.assertLessEqual(counts[200], counts[20] + 5, counts)
        found = complaints.sudo().browse(row["id"] for row in answers)
        numbers = [int(name.rpartition("/")[2]) for name in found.mapped("name")]
        self.assertEqual(numbers, [*range(numbers[0], numbers[0] + 200)])

    def test_a_number_is_drawn_as_its_sequence_says(self):
        """Per company; also without gaps, and without years."""
        sequence = self.env["ir.sequence"].search(
            [("code", "=", "crm.complaint")], limit=1
        )
        for values, expected in (
            ({"implementation": "no_gap"}, r"^CP/\d{4}/\d{5}$"),
            ({"implementation": "standard", "prefix": "B-%(month)s-"}, r"^B-\d\d-\d+$"),
            ({"use_date_range": False, "suffix": "/x"}, r"^B-\d\d-\d{5}/x$"),
        ):
            sequence.write(values)
            with self.subTest(values):
                first, second = self._register(), self._register()
                for complaint in (first, second):
                    self.assertRegex(complaint.name, expected)
                self.assertNotEqual(first.name, second.name)

import io
from base64 import b64decode
from unittest.mock import patch

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.wave_import import WaveImportCommon


@tagged("post_install", "-at_install")
class TestWaveImport(WaveImportCommon):
    """Waves of an institute come in whole, once, or not at all."""

    def test_units_factors_and_numbers_are_found(self):
        wave = self._import(
            "2026 S,,,765,1204,750,3/12,",
            f"2026 S,{self.company.name},reception,80%,900,75%,2,33",
            "2026 S,harbour team,Delivery,700,300,0,1,66",
            f"2026 S,{self.anna.login},Delivery,650,29,,,66",
            "2026 S,Anyone else,Delivery,-,2,,,",
        )
        self.assertEqual((wave.name, wave.file_name), ("2026 S", "wave.csv"))
        self.assertEqual(wave.score_count, 4)
        self.assertAlmostEqual(wave.index_value, 765)
        whole, company, team, user = wave.score_ids.sorted("id")
        self.assertEqual((whole.rank, whole.rank_of, whole.base), (3, 12, 1204))
        self.assertAlmostEqual(whole.peer_average, 75)
        self.assertFalse(whole.factor_id)
        self.assertEqual(company.factor_id, self.reception)
        self.assertEqual((company.unit_kind, company.value), ("company", 800))
        self.assertEqual(company.company_id, self.company)
        self.assertEqual((team.team_id, team.points), (self.team, 70))
        self.assertEqual((user.user_id, user.weight), (self.anna, 66))
        self.assertEqual(user.base, 29)
        self.assertEqual(wave.score_ids.filtered("is_few"), user)

    def test_a_spreadsheet_says_the_same_as_its_text(self):
        book = Workbook()
        book.active.append(["期次", "因子", "得分", "样本量", "开始日期", "结束日期"])
        book.active.append(["2026 春", "Delivery", 7.5, 31, "2026-03-01", "2026-04-30"])
        content = io.BytesIO()
        book.save(content)
        table = self._open_file(content.getvalue(), value_max=10)
        table.action_check()
        table.action_import()
        wave = table.wave_ids.sudo()
        self.assertEqual(wave.score_ids.points, 75)
        self.assertEqual(str(wave.date_to), "2026-04-30")
        same = self._check(
            "2026 春,Delivery,7.5,31", head="期次,因子,得分,n", value_max=10
        )
        self.assertIn("Imported before", same.line_ids.message)

    def test_nothing_is_written_while_anything_is_wrong(self):
        before = self.waves.search_count([])
        table = self._check(
            "2026 S,,Delivery,700,30,,,",
            "2026 S,,Delivery,abc,1.5,,,",
            "2026 S,,Delivery,700,30,,,",
            "2026 S,,Paperwork,700,30,,,",
            "2026 S,Nowhere,Delivery,1001,30,,,",
            "2026 S,Nowhere,Delivery,700,30,,,,9",
            ",,Reception,700,30,,,",
            "2026 S,Nowhere,Reception,700,,,,",
        )
        self.assertEqual(
            self._tell(table),
            [
                (3, "Score", "This is no number."),
                (3, "n", "A whole number is expected."),
                (4, "", "Row 2 has a score of the same wave, unit and factor."),
                (5, "Factor", "No factor of the study is called this."),
                (6, "Score", "It is more than the highest score (1000)."),
                (7, "", "The row has more cells than there are columns."),
                (8, "Wave", "The row names no wave."),
                (
                    9,
                    "Dealer",
                    "No company, team or salesperson is called this, or several are.",
                ),
            ],
        )
        self.assertEqual(table.problem_count, 8)
        with self.assertRaisesRegex(UserError, "Problems: 8, the first in row 3"):
            table.action_import()
        self.assertEqual(self.waves.search_count([]), before)

    def test_problems_are_told_in_the_language_of_the_reader(self):
        """As far as the language has the words: here they are given."""
        table = self._open("2026 S,,Delivery,abc,,,,")
        with patch.object(
            self.env.registry["crm.satisfaction.wave.import"],
            "_tell_problem",
            lambda _table, problem: {"no_number": "这不是数字。"}[problem.code],
        ):
            table.action_check()
        self.assertEqual(table.line_ids.message, "这不是数字。")

    def test_a_wave_imported_twice_is_refused_naming_the_first(self):
        rows = ("2026 S,,Delivery,700,30,,,33", "2026 S,,Reception,600,30,,,66")
        first = self._import(*rows)
        for again in (
            self._check(*rows),
            self._check(*reversed(rows), filename="other.csv"),
            self._check(*(row.replace("2026 S", "Spring") for row in rows)),
            self._check("2026 S,,Delivery,1,1,,,"),
        ):
            [line] = again.line_ids
            self.assertIn("Imported before as “2026 S” on ", line.message)
            self.assertIn("(wave.csv)", line.message)
            with self.assertRaisesRegex(UserError, "2026 S"):
                again.action_import()
        other = self.env["res.company"].create({"name": "South"})
        self.spec.sudo().company_ids += other
        self.assertNotEqual(self._import(*rows, company_id=other.id), first)

    def test_two_waves_of_a_table_do_not_say_the_same(self):
        table = self._check("2025,,Delivery,700,30,,,", "2026,,Delivery,700,30,,,")
        self.assertEqual(
            self._tell(table),
            [(3, "Wave", "It says the same as “2025” of this table.")],
        )

    def test_several_waves_of_one_table_have_days_of_their_own(self):
        waves = self._import(
            "2025,,Delivery,700,2025-03-01,2025-04-01",
            "2026,,Delivery,710,2026-03-01,2026-04-01",
            head="Wave,Dealer,Factor,Score,From,To",
        )
        self.assertEqual(
            waves.mapped(lambda one: str(one.date_from)[:4]), ["2025", "2026"]
        )
        wrong = self._check(
            "7,,Delivery,7,2026-04-01,2026-03-01",
            head="Wave,Dealer,Factor,Score,From,To",
        )
        self.assertIn("before it has begun", wrong.line_ids.message)

    def test_a_renamed_factor_is_mapped_once_and_remembered(self):
        table = self._check("2026 S,,Hand-over,700,,,,33")
        [term] = table.factor_term_ids
        self.assertFalse(term.factor_use)
        term.write({"factor_use": "factor", "factor_id": self.delivery.id})
        table.action_check()
        self.assertFalse(table.line_ids)
        table.action_import()
        self.assertEqual(table.wave_ids.score_ids.factor_id, self.delivery)
        self.assertEqual(self.delivery.aliases, "Hand-over")
        later = self._import("2027 S,,hand over,710,,,,33")
        self.assertEqual(later.score_ids.factor_id, self.delivery)
        self.assertEqual(self.delivery.aliases, "Hand-over")

    def test_a_factor_is_known_by_its_name_in_each_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.reception.with_context(lang="zh_CN").name = "接待"
        wave = self._import("2026 S,,接待,700,,,,")
        self.assertEqual(wave.score_ids.factor_id, self.reception)

    def test_a_factor_is_known_by_its_code(self):
        self.reception.code = "F01"
        wave = self._import("2026 S,,f01,700,,,,")
        self.assertEqual(wave.score_ids.factor_id, self.reception)

    def test_a_name_that_two_factors_share_is_asked_for(self):
        self.reception.aliases = "Delivery"
        table = self._check("2026 S,,Delivery,700,,,,")
        self.assertIn("No factor", table.line_ids.message)

    def test_new_factors_and_names_that_are_left_out(self):
        rows = (
            "2026 S,Out,Delivery,7,,,,",
            "2026 S,,Mood,7,,,,12",
            "2026 S,,Sky,7,,,,",
        )
        table = self._check(*rows)
        terms = {term.name: term for term in table.factor_term_ids}
        terms["Mood"].factor_use = "new"
        terms["Sky"].factor_use = "skip"
        table.unit_term_ids.filtered(lambda one: one.name == "Out").unit_use = "skip"
        table.action_check()
        self.assertEqual((table.problem_count, table.score_count), (0, 1))
        table.action_import()
        factor = table.wave_ids.score_ids.factor_id
        self.assertEqual((factor.name, factor.weight), ("Mood", 12))
        self.assertEqual(factor.study_id, self.study)
        again = self._check("Other,,Mood,7,,,,12")
        self.assertIn("Imported before", again.line_ids.message)

    def test_a_unit_is_chosen_where_its_name_is_not_known(self):
        table = self._check("2026 S,D0123,Delivery,7,,,,")
        table.unit_term_ids.unit_use = "team"
        table.action_check()
        self.assertIn("Choose who", table.line_ids.message)
        table.unit_term_ids.team_id = self.team
        table.action_check()
        table.action_import()
        self.assertEqual(table.wave_ids.score_ids.team_id, self.team)
        self.assertEqual(table.wave_ids.score_ids.unit, "D0123")

    def test_columns_are_asked_for(self):
        table = self._check("1,2,3", head="A,B,Rank")
        self.assertEqual(
            [line.message for line in table.line_ids],
            [
                "Choose the column of the scores.",
                "Name the wave, or choose the column that names it.",
            ],
        )
        table.column_ids[:2].target = "score"
        table.wave_name = "2026"
        table.action_check()
        self.assertIn("Several columns are “Score”", table.line_ids.message)
        table.column_ids[1].target = "skip"
        table.action_check()
        self.assertFalse(table.line_ids)
        table.action_import()
        self.assertEqual(table.wave_ids.name, "2026")

    def test_other_weights_than_before_ask_for_a_series_break(self):
        self._import("2025,,Delivery,700,,,,33", "2025,,Reception,600,,,,66")
        same = self._check("2026,,Delivery,701,,,,33", "2026,,Reception,601,,,,66")
        self.assertFalse(same.weights_changed)
        other = self._check("2026,,Delivery,701,,,,40", "2026,,Reception,601,,,,61")
        self.assertIn("“2025”", other.weights_changed)
        other.write({"is_series_break": True, "break_reason": "New weights"})
        other.action_import()
        self.assertEqual(other.wave_ids.break_reason, "New weights")

    def test_the_template_comes_in_as_it_is(self):
        """Each of its columns is known, in both languages."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.delivery.aliases = "交车"
        for lang in ("en_US", "zh_CN"):
            table = self._open("").with_context(lang=lang)
            table.invalidate_recordset(["template"])
            taken = self._open_file(b64decode(table.template))
            taken.action_check()
            self.assertFalse(taken.line_ids.mapped("message"), lang)
            self.assertNotIn("skip", taken.column_ids.mapped("target"))
            self.assertEqual(taken.score_count, 2)

    def test_what_is_no_table_is_refused(self):
        for content in (b"", b"\x89PNG\0", b"PK\x03\x04x", b"a,a\n1,2\n", b"Score\n"):
            table = self._open_file(content)
            with self.subTest(content=content), self.assertRaises(UserError):
                table.action_check()

    def test_only_specialists_import(self):
        for user in (self.anna, self.rita):
            with self.assertRaises(AccessError):
                self._open("2026 S,,Delivery,700,,,,", user=user)
        wave = self._import("2026 S,,Delivery,700,,,,")
        self.assertEqual(wave.with_user(self.rita).score_count, 1)
        with self.assertRaises(AccessError):
            wave.with_user(self.anna).read(["name"])

    def test_many_scores_come_in_like_few(self):
        def count(number):
            rows = [
                f"{number} {wave},,{factor},{number * 10 + wave / 100},30,,,{weight}"
                for wave in range(number)
                for factor, weight in (("Delivery", 3), ("Reception", 1))
            ]
            table = self._check(*rows)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            table.action_import()
            self.env.flush_all()
            found = self.env.cr.sql_log_count - before
            self.assertEqual(table.score_count, 2 * number)
            return found

        count(1)
        self.assertLessEqual(count(40), count(2) + 2)

    def test_a_unit_is_a_colleague_and_no_customer_with_a_login(self):
        portal = self._create_user("portal", "group_sales_user")
        wizard = self.env["crm.satisfaction.wave.import"].new({})
        self.assertTrue(wizard._find_units(["Portal"]))
        portal.group_ids = self.env.ref("base.group_portal")
        self.assertFalse(wizard._find_units(["Portal"]))

    def test_the_score_of_a_team_of_all_companies_is_of_the_waves(self):
        other = self.env["res.company"].create({"name": "Other"})
        wave = self.waves.new({"company_id": self.company.id})
        for company, kept in ((False, self.company), (other, other)):
            self.team.company_id = company
            score = self.env["crm.satisfaction.wave.score"].new(
                {"wave_id": wave.id, "unit_kind": "team", "team_id": self.team.id}
            )
            self.assertEqual(score.company_id._origin or score.company_id, kept)

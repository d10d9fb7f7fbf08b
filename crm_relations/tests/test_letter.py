"""CA-8: care by letter waits, is printed together, and is done once."""

from base64 import b64decode
from contextlib import nullcontext
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..tools.safe_csv import make_safe
from .common.care import NOW, CareCommon

POINTS = 72 / 25.4


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLetter(CareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("letter", letter_template_id=cls.mail_template.id)
        cls.sheet = cls.env.ref("crm_relations.crm_letter_sheet_l7160")
        cls.place = {
            **{"street": "1 Main St", "city": "Austin", "zip": "78701"},
            "country_id": cls.env.ref("base.us").id,
        }
        cls.company.country_id = cls.env.ref("base.us")
        cls.customer.write(cls.place)

    def _dispatch(self, *customers):
        tasks = self.env["crm.care.task"]
        for customer in customers or [self.customer]:
            tasks |= self._create_task(self.rule, customer)
        self.dispatch._dispatch_batch()
        return tasks

    def _print(self, tasks, user=None, sheet=None, start=1, has_letters=False):
        runs = self.env["crm.letter.run"].with_user(user or self.sally)
        sheet = sheet or self.env["crm.letter.sheet"]
        tasks = tasks.with_user(user or self.sally)
        return runs._print(tasks, sheet, start, has_letters)

    def _read_pages(self, file):
        pages = PdfReader(BytesIO(b64decode(file))).pages
        return [page.extract_text().replace("\t", " ") for page in pages]

    def _create_many(self, count):
        return [
            self._create_reachable(f"Customer {number:02}", **self.place)
            for number in range(count)
        ]

    def test_a_letter_waits_until_it_is_printed(self):
        task = self._dispatch()
        self.assertEqual((task.state, task.channel), ("open", "letter"))
        waiting = self.env.ref("crm_relations.crm_care_task_action_letter")
        domain = [("id", "=", task.id)]
        self.assertIn("letter", waiting.domain)
        run = self._print(task, has_letters=True)
        self.assertEqual((task.state, task.letter_run_id), ("done", run))
        self.assertEqual(self.env["crm.care.task"].search(domain).state, "done")
        [page] = self._read_pages(run.letters)
        for text in ("Thank you, Customer!", "1 Main St", "Austin"):
            self.assertIn(text, page)

    def test_printed_twice_it_is_care_once(self):
        task = self._dispatch()
        run = self._print(task)
        done_at = task.done_at
        with self.assertRaises(UserError):
            self._print(task)
        self.assertEqual((task.letter_run_id, task.done_at), (run, done_at))
        self.assertTrue(run.post_list)

    def test_a_letter_a_page(self):
        tasks = self._dispatch(*self._create_many(3))
        run = self._print(tasks, has_letters=True)
        pages = self._read_pages(run.letters)
        self.assertEqual(len(pages), 3)
        for number, page in enumerate(pages):
            self.assertIn(f"Customer {number:02}", page)
            self.assertNotIn(f"Customer {(number + 1) % 3:02}", page)

    def test_labels_begin_where_the_sheet_is_free(self):
        tasks = self._dispatch(*self._create_many(4))
        run = self._print(tasks, sheet=self.sheet, start=20)
        first, second = self._read_pages(run.addresses)
        self.assertIn("Customer 01", first)
        self.assertNotIn("Customer 02", first)
        self.assertIn("Customer 03", second)

    def test_labels_lie_where_they_were_measured(self):
        tasks = self._dispatch(*self._create_many(5))
        run = self._print(tasks, sheet=self.sheet)
        page = PdfReader(BytesIO(b64decode(run.addresses))).pages[0]
        found = {}

        def visit(text, outer, inner, _font, _size):
            text = text.replace("\t", " ").strip()
            if text.startswith("Customer "):
                left = inner[4] * outer[0] + outer[4]
                top = float(page.mediabox.height) - (inner[5] * outer[3] + outer[5])
                found[text] = left / POINTS, top / POINTS

        page.extract_text(visitor_text=visit)
        left, top = found["Customer 00"]
        self.assertAlmostEqual(left, 7.2 + 4, delta=0.7)
        self.assertTrue(15.1 + 3 < top < 15.1 + 9, top)
        right, below = found["Customer 04"]
        self.assertAlmostEqual(right - left, 66.0, delta=0.3)
        self.assertAlmostEqual(below - top, 38.1, delta=0.3)

    def test_a_full_sheet_is_one_page(self):
        tasks = self._dispatch(*self._create_many(21))
        run = self._print(tasks, sheet=self.sheet)
        self.assertEqual(len(self._read_pages(run.addresses)), 1)

    def test_fifty_take_as_many_statements_as_five(self):
        customers = self._create_many(60)
        counts = []
        for some in (customers[:5], customers[5:10], customers[10:]):
            tasks = self._dispatch(*some)
            self.env.flush_all()
            self.env.invalidate_all()
            drawn = []
            with self._drawing_nothing(drawn) if counts else nullcontext():
                count = self._count_statements(
                    lambda tasks=tasks: self._print(
                        tasks, sheet=self.sheet, has_letters=True
                    )
                )
            counts.append((count, len(drawn)))
        # The first finds nothing in any cache.
        self.assertEqual(counts[1], counts[2])
        self.assertEqual(counts[1][1], 2, "letters and labels")

    def _drawing_nothing(self, drawn):
        """Keep from drawing pages that nobody looks at, which takes seconds."""

        def draw(_reports, pages):
            drawn.append(pages)
            return b"%PDF"

        reports = self.env.registry["ir.actions.report"]
        return patch.object(reports, "_run_wkhtmltopdf", draw)

    def test_envelopes(self):
        china = self.env.ref("base.cn")
        customer = self._create_reachable(
            "宏达",
            **{"street": "科技园南路12号", "city": "深圳市", "zip": "518057"},
            country_id=china.id,
            state_id=self.env.ref("base.state_cn_GD").id,
        )
        tasks = self._dispatch(*self._create_many(1), customer)
        for name in ("dl", "c5", "c6", "zl"):
            sheet = self.env.ref(f"crm_relations.crm_letter_sheet_{name}")
            content = self.env["crm.letter.run"]._render(
                "crm_relations.crm_letter_addresses",
                (sheet.page_width, sheet.page_height),
                {
                    "sheet": sheet,
                    "squares": range(6),
                    "pages": sheet._get_grid().get_sheets(
                        self.env["crm.letter.run"].new({})._get_letters(tasks), 1
                    ),
                },
            )
            pages = PdfReader(BytesIO(content)).pages
            self.assertEqual(len(pages), 2, name)
            size = [round(float(side) / POINTS) for side in pages[0].mediabox[2:]]
            self.assertEqual(size, [sheet.page_width, sheet.page_height])
            self.assertIn("科技园南路12号", pages[1].extract_text())

    def test_who_lacks_an_address_stays_open_with_the_reason(self):
        lost = self._create_reachable("Lost")
        tasks = self._dispatch(self.customer, lost)
        run = self._print(tasks)
        self.assertEqual(tasks.mapped("state"), ["done", "open"])
        self.assertIn("Lost: The address is incomplete", run.left_out)
        self.assertIn("address", tasks[1].letter_problem)
        with self.assertRaisesRegex(UserError, "address is incomplete"):
            self._print(tasks[1])

    def test_who_wants_no_letters_gets_none(self):
        self.customer.care_letter_opt_out = True
        self.assertEqual(self._dispatch().state, "dropped")
        other = self._create_reachable("Other", **self.place)
        task = self._dispatch(other)
        other.care_letter_opt_out = True
        with self.assertRaisesRegex(UserError, "No letters are wanted"):
            self._print(task)
        self.assertEqual(task.state, "open")

    def test_a_person_gets_it_at_the_address_of_the_customer(self):
        person = self.env["res.partner"].create(
            {"name": "Eve", "parent_id": self.customer.id, "type": "other"}
        )
        task = self._create_task(self.rule, person_id=person.id)
        self.dispatch._dispatch_batch()
        run = self._print(task)
        table = b64decode(run.post_list).decode("utf-8-sig")
        self.assertIn("Eve,Customer,1 Main St,78701,Austin", table)

    def test_a_person_with_an_address_gets_it_there(self):
        """So does a person who is the customer, without a company before the name."""
        person = self._create_person(self.customer, "Eve")
        person.write({"type": "other", "street": "2 Side St", "city": "Dallas"})
        for record, street, company in (
            (person, "2 Side St", "Customer"),
            (self._create_reachable("Ann", is_company=False, **self.place), None, ""),
        ):
            address = record._get_letter_address()
            with self.subTest(record.name):
                self.assertEqual(address.street, street or "1 Main St")
                self.assertEqual(
                    (address.person, address.company), (record.name, company)
                )

    def test_the_language_is_that_of_the_recipient(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.mail_template.with_context(lang="zh_CN")
        template.body_html = "<p>谢谢您，<t t-out='object.name'/>！</p>"
        self.customer.lang = "zh_CN"
        run = self._print(self._dispatch(), has_letters=True)
        [page] = self._read_pages(run.letters)
        self.assertIn("谢谢您", page)
        self.assertIn(f"{NOW[:4]}年", page)
        action = run.action_open_letters()
        self.assertEqual(action["res_model"], "crm.care.task")
        self.assertEqual(action["domain"], [("letter_run_id", "=", run.id)])

    def test_no_formula_reaches_the_list(self):
        self.customer.name = "=cmd|' /C calc'!A0"
        self.customer.street = "@SUM(1)"
        run = self._print(self._dispatch())
        table = b64decode(run.post_list).decode("utf-8-sig")
        self.assertIn("'=cmd", table)
        self.assertIn("'@SUM", table)
        self.assertEqual(
            [make_safe(c) for c in ("+1", "-1", "a=1")], ["'+1", "'-1", "a=1"]
        )

    def test_what_people_type_is_no_page(self):
        self.customer.name = "<script>alert(1)</script>"
        run = self._print(self._dispatch(), sheet=self.sheet)
        self.assertIn("<script>", self._read_pages(run.addresses)[0])

    def test_whom_one_may_not_care_for(self):
        task = self._dispatch()
        with self.assertRaises(AccessError):
            self._print(task, user=self.sam)
        self.assertEqual(task.state, "open")

    def test_a_printing_is_its_makers_and_nobodys_to_write(self):
        run = self._print(self._dispatch())
        runs = self.env["crm.letter.run"]
        self.assertFalse(runs.with_user(self.sam).search([("id", "=", run.id)]))
        self.assertTrue(runs.with_user(self.rita).search([("id", "=", run.id)]))
        with self.assertRaises(AccessError):
            run.with_user(self.sam).read(["letters", "post_list"])
        files = self.env["ir.attachment"].search(
            [("res_model", "=", run._name), ("res_field", "!=", False)]
        )
        self.assertTrue(files)
        with self.assertRaises(AccessError):
            files.with_user(self.sam).read(["datas"])
        for user in (self.sally, self.rita):
            with self.assertRaises(AccessError):
                run.with_user(user).write({"name": "x"})
            with self.assertRaises(AccessError):
                runs.with_user(user).create({"name": "x"})

    def test_the_wizard(self):
        lost = self._create_reachable("Lost")
        tasks = self._dispatch(self.customer, lost).with_user(self.sally)
        action = tasks.action_print_letters()
        wizards = self.env["crm.letter.wizard"].with_user(self.sally)
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.letter_count, 1)
            self.assertIn("Lost", form.left_out)
            self.assertEqual(form.sheet_id.kind, "labels")
            form.has_letters = False
            form.start = 3
        opened = form.save().action_print()
        run = self.env["crm.letter.run"].browse(opened["res_id"])
        self.assertEqual((run.letter_count, run.user_id), (1, self.sally))
        with self.assertRaises(ValidationError):
            form.save().start = 22
        for start in (1, 21):
            form.save().start = start

    def test_a_rule_of_letters_needs_its_text(self):
        with self.assertRaises(ValidationError):
            self._create_rule("letter", letter_template_id=False)
        orders = self.env["mail.template"].create(
            {"name": "O", "model_id": self.env["ir.model"]._get_id("sale.order")}
        )
        with self.assertRefused("made for contacts or for care tasks"):
            self.rule.letter_template_id = orders

    def test_a_letter_has_its_subject_and_is_not_empty(self):
        task = self._dispatch()
        [(subject, body)] = task._render_letters().values()
        self.assertEqual(subject, "Thanks, Customer")
        self.assertIn("Thank you, Customer!", body)
        self.mail_template.body_html = "<p><br></p>"
        with self.assertRefused("The letter is empty", UserError):
            task._render_letters()

    def test_a_broadcast_by_letter(self):
        rule = self._create_rule(
            "letter", trigger="broadcast", letter_template_id=self.mail_template.id
        )
        broadcast = self.env["crm.care.broadcast"].create(
            {
                "name": "Moved",
                "rule_id": rule.id,
                "country_id": self.company.country_id.id,
            }
        )
        broadcast.action_make_tasks()
        self.dispatch._dispatch_batch()
        tasks = self.env["crm.care.task"].search([("rule_id", "=", rule.id)])
        self.assertIn(self.customer, tasks.partner_id)
        self.assertEqual(set(tasks.mapped("state")), {"open"})

    def test_sheets_whose_labels_do_not_fit(self):
        for values in (
            {"columns": 4},
            {"rows": 0},
            {"label_width": 0},
            {"top": -1},
            {"page_height": 600},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.sheet.write(values)

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common.care import NOW, CareCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLetterEdges(CareCommon):
    """CA-8: what has happened since a letter came up, and letters of two companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._create_rule("letter", letter_template_id=cls.mail_template.id)
        cls.place = {"street": "1 Main St", "city": "Austin"}
        cls.customer.write(cls.place)

    def _print(self, tasks):
        runs = self.env["crm.letter.run"].with_user(self.sally)
        sheet = self.env["crm.letter.sheet"]
        return runs._print(tasks.with_user(self.sally), sheet, 1, False)

    def test_while_something_serious_is_open_no_letter_leaves(self):
        task = self._create_task(self.rule)
        self.dispatch._dispatch_batch()
        self.assertFalse(task.letter_problem)
        pauses = []
        self.patch(
            type(self.customer),
            "_get_care_pauses_sql",
            lambda partners: SQL("SELECT unnest(%s::int[])", pauses),
        )
        pauses.append(self.customer.id)
        task.invalidate_recordset()
        self.assertIn("serious", task.letter_problem)
        with self.assertRefused("serious", UserError):
            self._print(task)
        self.assertEqual(task.state, "open")
        pauses.clear()
        self._print(task)
        self.assertEqual(task.state, "done")

    def test_a_part_of_an_address_is_none(self):
        person = self._create_person(self.customer, "Li Wei")
        for part in ({"city": "Austin"}, {"street": "2 Side St"}):
            person.write({"type": "other", "street": False, "city": False} | part)
            address = person._get_letter_address()
            with self.subTest(part):
                self.assertEqual(address.person, "Li Wei")
                self.assertEqual(address.street, "1 Main St")
                self.assertTrue(address.is_complete)
        person.write({"street": "2 Side St", "city": "Dallas"})
        self.assertEqual(person._get_letter_address().city, "Dallas")

    def test_what_is_printed_together_is_of_one_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.sally.company_ids |= other
        theirs = self._create_reachable("Theirs", company_id=other.id, **self.place)
        task = self._create_task(self.rule)
        foreign = self._create_task(self.rule, theirs, company_id=other.id)
        self.dispatch._dispatch_batch()
        with self.assertRefused("several companies.*Other", UserError):
            self._print(task | foreign)
        self.assertEqual(self._print(foreign).company_id, other)
        self.assertEqual(self._print(task).company_id, self.company)

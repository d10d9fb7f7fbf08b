from functools import partial

from odoo.tests import freeze_time, tagged

from .common.care import NOW, CareCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestReasonRows(CareCommon):
    """Why: a page of lines reads what their facts name at once, not line by line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.many = cls._create_customers(12, user_id=cls.sally.id)

    def assertReadAtOnce(self, records):
        few, many = (
            self._count_statements(partial(some.read, ["reason"]), unread=True)
            for some in (records[:2], records)
        )
        self.assertLessEqual(many, few)

    def test_of_care_whose_facts_name_persons(self):
        rule = self._create_rule("sms")
        tasks = self.env["crm.care.task"]
        for customer in self.many:
            tasks |= self._create_task(rule, customer)
        self.assertTrue(all(tasks.mapped("reason")))
        self.assertReadAtOnce(tasks)

    def test_of_a_ledger_that_names_customers(self):
        lines = self.env["crm.ownership.change"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "kind": "join",
                    "facts": {"code": "owner_join", "customer": other.id},
                }
                for other in self.many
            ]
        )
        self.assertIn("C11", lines[-1].reason)
        self.assertReadAtOnce(lines)

    def test_what_is_gone_or_named_by_nobody_hinders_nothing(self):
        gone = self.many[-1]
        facts = [{"code": "owner_join", "customer": one.id} for one in self.many]
        gone.unlink()
        renderer = self.env["crm.reason"]
        renderer._look_ahead([None, {}, {"code": "unknown", "pool": "x"}, *facts])
        self.assertIn("C0", renderer._get_sentence(facts[0]))
        self.assertIn("contact of", renderer._get_sentence(facts[-1]))

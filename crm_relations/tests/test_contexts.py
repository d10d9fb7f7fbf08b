from datetime import timedelta
from inspect import signature

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common.next import NextCommon
from .common.pool import PoolByHandCommon


def find_kept(model_class):
    """Yield the methods without arguments whose answer the registry keeps for all."""
    for name in dir(model_class):
        method = getattr(model_class, name, None)
        if hasattr(method, "__cache__") and len(signature(method).parameters) == 1:
            if "crm_relations" in method.__module__:
                yield name


@tagged("post_install", "-at_install")
class TestKeptForAll(PoolByHandCommon):
    """What the registry keeps for everybody is the same whoever asks first: a client
    that wants archived records shown, or another language, changes nothing of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.rule = cls._create_pool_rule(days=77)
        cls.rule.active = False
        for model, values in (
            ("crm.pool.quota", {"name": "Q", "max_customers": 1}),
            ("res.company", {"name": "Closed"}),
            ("crm.document.kind", {"name": "K"}),
        ):
            cls.env[model].create(values).active = False
        cls.env["crm.archive.requirement"].search([], limit=1).active = False
        cls.env.flush_all()

    def _ask(self, model, name):
        self.env.registry.clear_all_caches()
        with mute_logger("odoo.registry"):
            return getattr(model, name)()

    def test_the_context_of_who_asks_first_says_nothing(self):
        context = {
            "active_test": False,
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
            "allowed_company_ids": self.company.ids,
        }
        asked = 0
        for model_name in sorted(self.env.registry):
            model = self.env[model_name]
            if model_name == "crm.rule.mixin":  # has no table
                continue
            theirs = model.with_user(self.sally).with_context(**context)
            for name in find_kept(type(model)):
                asked += 1
                with self.subTest(f"{model_name}.{name}"):
                    self.assertEqual(self._ask(theirs, name), self._ask(model, name))
        self.assertGreater(asked, 30)

    def test_an_archived_rule_comes_into_force_for_nobody(self):
        rules = self.env["crm.pool.rule"].with_user(self.sally)
        self.env.registry.clear_all_caches()
        rules.with_context(active_test=False)._get_in_force()
        self.assertNotIn(self.rule, self.env["crm.pool.rule"]._get_in_force())


@tagged("post_install", "-at_install")
class TestHistoryInContext(PoolByHandCommon):
    """Lines that have ended stay as they are, also where a client asks for archived
    records: its context reaches the methods that end lines."""

    def _get_lines(self, model, customer):
        lines = self.env[model].with_context(active_test=False)
        return lines.search([("partner_id", "=", customer.id)], order="id")

    def _merge(self, gone, kept):
        wizards = self.env["base.partner.merge.automatic.wizard"]
        wizard = wizards.with_context(active_test=False).create({})
        wizard._merge((gone | kept).ids, kept)

    def _put_aside(self, customer, days):
        day = self.company._get_relations_today() + timedelta(days=days)
        return customer.pool_put_aside(day, "Quiet")

    def test_what_was_put_aside_before_ended_when_it_did(self):
        theirs = self.pooled.with_user(self.max).with_context(active_test=False)
        self._put_aside(theirs, 5)
        theirs.pool_take_back()
        line = self._get_lines("crm.pool.aside", self.pooled)
        line.ended_at = "2020-01-01 00:00:00"
        self._put_aside(theirs, 5)
        self.assertEqual(str(line.ended_at), "2020-01-01 00:00:00")
        theirs.pool_take_back()
        self.assertEqual(str(line.ended_at), "2020-01-01 00:00:00")

    def test_merged_in_the_pool_the_one_in_force_stays(self):
        theirs = self.pooled.with_user(self.max)
        self._put_aside(theirs, 30)
        theirs.pool_take_back()
        over = self._get_lines("crm.pool.aside", self.pooled)
        other = self._create_customer("Twin", city="Leeds")
        other.pool_id = self.leeds
        self._put_aside(other.with_user(self.max), 5)
        line = self._get_lines("crm.pool.aside", other)
        self._merge(other, self.pooled)
        self.assertTrue(line.active)
        self.assertFalse(over.active)

    def test_merged_shares_leave_the_one_in_force(self):
        customer = self.owned.with_user(self.sally)
        customer.share_with(self.sam.id)
        customer.share_ids.action_end()
        over = self._get_lines("crm.customer.share", self.owned)
        twin = self._create_customer("Twin", user_id=self.sally.id)
        day = self.company._get_relations_today() + timedelta(days=9)
        twin.with_user(self.sally).share_with(self.sam.id, day)
        share = twin.share_ids
        self._merge(twin, self.owned)
        self.assertTrue(share.active)
        self.assertEqual(over.ending, "ended")

    def test_a_share_that_has_ended_is_none(self):
        customer = self.owned.with_user(self.sally).with_context(active_test=False)
        day = self.company._get_relations_today() + timedelta(days=9)
        customer.share_with(self.sam.id, day)
        customer.share_ids.action_end()
        theirs = customer.with_user(self.sam)
        self.assertFalse(theirs.my_share_until)
        self.assertEqual(self._codes(customer.share_with(self.sam.id)), ["ok"])


@tagged("post_install", "-at_install")
class TestNotNowInContext(NextCommon):
    def test_what_was_put_off_before_ended_as_it_did(self):
        customer = self._create_next("Put Off").with_user(self.sally)
        customer = customer.with_context(active_test=False)
        lines = self.env["crm.not.now"].with_context(active_test=False)
        customer.put_off(self._day(7), "away", "")
        line = lines.search([("partner_id", "=", customer.id)])
        line.with_user(self.sally).end()
        customer.put_off(self._day(7), "away", "")
        self.assertEqual(line.ending, "ended")
        twin = self._create_next("Twin")
        wizards = self.env["base.partner.merge.automatic.wizard"]
        wizard = wizards.with_context(active_test=False).create({})
        wizard._merge((twin | customer.sudo()).ids, customer.sudo())
        self.assertEqual(line.ending, "ended")

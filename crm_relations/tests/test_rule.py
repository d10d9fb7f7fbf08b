from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestRule(RelationsCommon):
    """Who a rule judges, which one wins, and what a preview shows."""

    def test_conditions_that_do_not_parse_are_refused_by_name(self):
        for conditions in (
            "[('city', '='",
            "[('no_such_field', '=', 1)]",
            "1 + 1",
            "{",
        ):
            with (
                self.subTest(conditions),
                self.assertRefused("conditions of “Strict” cannot be read"),
            ):
                self._create_pool_rule(name="Strict", domain=conditions)

    def test_code_in_conditions_is_not_run(self):
        with self.assertRaises(ValidationError):
            self._create_pool_rule(domain="__import__('os').getcwd()")

    def test_audience_by_team_tag_tier_and_conditions(self):
        tag = self.env["res.partner.category"].create({"name": "Gold"})
        match = self._create_customer(
            city="Suzhou", user_id=self.sally.id, category_id=tag.ids
        )
        match.tier_id = self.tier_a
        for name, values in {
            "team": {"user_id": self.sam.id},
            "tag": {"category_id": False},
            "tier": {"tier_id": self.tier_b.id},
            "city": {"city": "Wuxi"},
        }.items():
            match.copy({"user_id": self.sally.id, "name": name} | values)
        rule = self._create_pool_rule(
            domain="[('city', '=', 'Suzhou')]",
            team_ids=self.north.ids,
            category_ids=tag.ids,
            tier_ids=self.tier_a.ids,
        )
        self.assertEqual(self.env["res.partner"].search(rule._get_audience()), match)

    def test_a_rule_without_audience_judges_every_managed_customer(self):
        customer = self._create_customer()
        person = self._create_person(customer)
        audience = self.env["res.partner"].search(
            self._create_pool_rule(domain=False)._get_audience()
        )
        self.assertIn(customer, audience)
        self.assertNotIn(person, audience)

    def test_a_companys_rule_judges_its_own_and_the_shared_ones_given_to_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        own = self._create_customer(company_id=other.id)
        given = self._create_customer(relation_company_id=other.id)
        foreign = self._create_customer(company_id=self.company.id)
        shared = self._create_customer()
        rule = self._create_pool_rule(
            company_id=other.id,
            domain=self._only(own | given | foreign | shared),
        )
        audience = self.env["res.partner"].search(rule._get_audience())
        self.assertEqual(audience, own | given)

    def test_the_more_specific_rule_comes_first_then_the_sequence(self):
        plain = self._create_pool_rule(sequence=1)
        tiered = self._create_pool_rule(sequence=9, tier_ids=self.tier_a.ids)
        narrow = self._create_pool_rule(
            sequence=9, tier_ids=self.tier_a.ids, domain="[('city', '=', 'Wuxi')]"
        )
        early = self._create_pool_rule(sequence=0)
        rules = plain | tiered | narrow | early
        self.assertEqual(rules._sort_by_precedence(), narrow + tiered + early + plain)

    def test_a_companys_rule_comes_before_a_more_specific_one_of_all(self):
        of_all = self._create_pool_rule(
            domain="[('city', '=', 'Bonn'), ('zip', '=', '53111')]"
        )
        own = self._create_pool_rule(company_id=self.company.id)
        self.assertGreater(of_all.specificity, own.specificity)
        self.assertEqual((of_all | own)._sort_by_precedence().ids, [own.id, of_all.id])

    def test_a_new_rule_starts_tomorrow(self):
        rule = self.env["crm.pool.rule"].create({"name": "New"})
        self.assertEqual(rule.start_date, fields.Date.today() + timedelta(days=1))
        self.assertFalse(rule._get_started())

    def test_preview_counts_all_and_shows_some(self):
        """SE-5, PO-2"""
        customers = self._create_customer("A") | self._create_customer("B")
        scheme = self._create_scheme(domain=self._only(customers))
        answer = scheme.preview(limit=1)
        self.assertEqual(answer["count"], 2)
        self.assertEqual([row["id"] for row in answer["rows"]], customers[:1].ids)
        self.assertEqual(set(answer["rows"][0]), {"id", "old", "new", "rule", "reason"})

    def test_preview_list_holds_what_preview_returns(self):
        """SE-5: the same decisions on the screen."""
        customer = self._create_customer(user_id=self.sally.id)
        scheme = self._create_scheme(domain=self._only(customer)).with_user(self.rita)
        for _twice in range(2):  # a second preview replaces the first
            action = scheme.action_preview()
            lines = self.env["crm.decision.preview"].with_user(self.rita)
            lines = lines.search(action["domain"])
            [row] = scheme.preview()["rows"]
            self.assertEqual(lines.partner_id, customer)
            self.assertEqual(lines.owner_id, self.sally)
            self.assertEqual(
                (lines.old_name, lines.new_name, lines.reason),
                (row["old"], row["new"], row["reason"]),
            )

    def test_only_those_who_answer_for_all_customers_preview(self):
        """A preview tells revenue and birthdays of everyone it judges."""
        rules = self._create_scheme(), self._create_pool_rule()
        for user in (self.sally, self.max, self.anna, self.carl):
            for rule in rules:
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    rule.with_user(user).preview()
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    rule.with_user(user).action_preview()

    def test_a_preview_shows_customers_of_the_callers_companies_only(self):
        other = self.env["res.company"].create({"name": "Other"})
        customers = self._create_customer("Ours")
        customers |= self._create_customer("Theirs", company_id=other.id)
        scheme = self._create_scheme(domain=self._only(customers))
        self.assertEqual(scheme.preview()["count"], 2)
        answer = scheme.with_user(self.rita).preview()
        self.assertEqual([row["id"] for row in answer["rows"]], customers[:1].ids)
        self.assertEqual(answer["count"], 1)

    def test_a_preview_knows_schemes_that_the_caller_may_not_see(self):
        """The night runs with all companies' schemes; so does the preview."""
        other = self.env["res.company"].create({"name": "Other"})
        ours = self._create_customer("Ours")
        theirs = self._create_customer("Theirs", company_id=other.id)
        self._create_order(ours, 10)
        self._create_order(theirs, 1000, company_id=other.id)
        both = self._only(ours | theirs)
        self._create_scheme(domain=both, company_id=other.id)
        shared = self._create_scheme(domain=both)
        [row] = shared.with_user(self.rita).preview()["rows"]
        self.assertEqual((row["id"], row["new"]), (ours.id, "A"))

    def test_previews_of_others_stay_hidden(self):
        scheme = self._create_scheme(domain=self._only(self._create_customer()))
        action = scheme.with_user(self.adam).action_preview()
        lines = self.env["crm.decision.preview"]
        self.assertTrue(lines.with_user(self.adam).search(action["domain"]))
        self.assertFalse(lines.with_user(self.rita).search([]))

    def test_a_preview_leaves_those_of_others_as_they_are(self):
        scheme = self._create_scheme(domain=self._only(self._create_customer()))
        previews = []
        for user in (self.adam, self.rita):
            action = scheme.with_user(user).action_preview()
            previews.append((user, action["domain"]))
        for user, domain in previews:
            lines = self.env["crm.decision.preview"].with_user(user)
            self.assertEqual(lines.search_count(domain), 1)

    def test_reasons_speak_the_readers_language(self):
        """SE-4: the sentence is rendered when read."""
        self.env["res.lang"]._activate_lang("zh_CN")
        customer = self._create_customer()
        scheme = self._create_scheme(domain=self._only(customer))
        scheme.run()
        change = customer.tier_change_ids
        self.assertIn("nothing ordered", change.reason)
        self.assertIn("等级C", change.with_context(lang="zh_CN").reason)

    def test_facts_of_an_unknown_decision_have_no_sentence(self):
        self.assertEqual(self.env["crm.reason"]._get_sentence({"code": "gone"}), "")
        self.assertFalse(self.env["crm.reason"]._explain({}))

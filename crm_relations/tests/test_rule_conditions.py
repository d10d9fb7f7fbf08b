from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common.links import LinksCommon

# Lists of the suite that do not narrow whom something is meant for: what is gone from
# them is gone, and nobody more is concerned.
NO_CONDITIONS = {
    ("crm.account.ladder", "company_ids"): "empty: nobody is judged",
    ("crm.callback.rule", "agent_ids"): "who makes the calls; all agents, if all left",
    ("crm.complaint", "cause_ids"): "what was found",
    ("crm.complaint", "shared_action_ids"): "what is done about it",
    ("crm.complaint.action", "other_complaint_ids"): "what it comes from",
    ("crm.followup", "attachment_ids"): "files",
    ("crm.pool", "manager_ids"): "empty: nobody",
    ("crm.pool", "show_group_ids"): "empty: nobody",
    ("crm.reception", "product_ids"): "what was asked for",
    ("crm.satisfaction.edition", "user_ids"): "who read it",
    ("crm.satisfaction.mailing", "group_ids"): "who receives it",
    ("crm.satisfaction.mailing", "user_ids"): "who receives it",
    ("crm.satisfaction.meeting", "attendee_ids"): "who was there",
    ("crm.satisfaction.meeting", "plan_ids"): "what it was about",
    ("crm.work.report.duty", "user_ids"): "empty: nobody",
}
# Links whose emptiness means all.
COMPANY = "company_id"


@tagged("post_install", "-at_install")
class TestRuleConditions(LinksCommon):
    """A rule for some never becomes a rule for everybody because what it names is
    archived or deleted."""

    def _get_lists(self):
        return {
            (model._name, field.name): field
            for model in self._get_tables().values()
            if not model._transient
            for field in model._fields.values()
            # Who was involved in a decision does not make it: nothing is narrowed.
            if field.type == "many2many"
            and field.store
            and field.name != "involved_ids"
        }

    def test_every_list_is_a_condition_or_says_why_not(self):
        lists = self._get_lists()
        self.assertLessEqual(set(NO_CONDITIONS), set(lists))
        for key, field in lists.items():
            with self.subTest(key):
                kept = field.ondelete == "restrict"
                self.assertNotEqual(kept, key in NO_CONDITIONS)
                if kept:
                    self.assertIs(field.context.get("active_test"), False)

    def test_the_database_holds_what_rules_name(self):
        letters = {(t, c): letter for t, c, _to, letter in self._get_links()}
        for key, field in self._get_lists().items():
            if field.ondelete == "restrict":
                with self.subTest(key):
                    self.assertEqual(letters[field.relation, field.column2], "r")

    def _name_in_a_rule(self, key, field, number):
        """Return a rule and what it names, both new."""
        if field.comodel_name == "res.users":
            named = self._create_user(f"{key[0]}{number}", "group_sales_user")
        else:
            events = self.env["crm.complaint.event"]._fields["kind"]
            events = events.get_values(self.env)
            values = {
                "res.country": {"name": "Atlantis", "code": "QZ"},
                "res.country.state": {
                    "name": f"Coast {number}",
                    "code": f"Q{number}",
                    "country_id": self.env.ref("base.fr").id,
                },
                "crm.complaint.clock.kind": {
                    "name": "Named",
                    "start_event": events[0],
                    "stop_event": events[1],
                },
                "crm.club.level": {
                    "name": "Gold",
                    "club_id": self._insert("crm.club", number),
                },
            }.get(field.comodel_name, {"name": f"Named {number}"})
            named = self.env[field.comodel_name].create(values)
        rule = self.env[key[0]].browse(self._insert(key[0], number))
        columns = SQL.identifier(field.column1), SQL.identifier(field.column2)
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s, %s) VALUES (%s, %s)",
                *(SQL.identifier(field.relation), *columns, rule.id, named.id),
            )
        )
        self.env.invalidate_all()
        return rule, named

    def test_what_rules_name_says_so_when_it_is_deleted(self):
        for number, (key, field) in enumerate(self._get_lists().items()):
            if field.ondelete != "restrict":
                continue
            with self.subTest(key), self.env.cr.savepoint():
                named = self._name_in_a_rule(key, field, 10 + number)[1]
                with self.assertRefused("decides for whom this is", UserError):
                    named.unlink()

    def test_what_is_archived_still_counts(self):
        for number, (key, field) in enumerate(self._get_lists().items()):
            comodel = self.env[field.comodel_name]
            if field.ondelete != "restrict" or not comodel._active_name:
                continue
            with self.subTest(key), self.env.cr.savepoint():
                rule, named = self._name_in_a_rule(key, field, 10 + number)
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET active = FALSE WHERE id = %s",
                        SQL.identifier(comodel._table),
                        named.id,
                    )
                )
                self.env.invalidate_all()
                self.assertEqual(rule[key[1]], named)

    def test_a_rule_of_a_company_does_not_become_a_rule_of_all(self):
        """Whose company may be empty, and can be chosen: what somebody configures."""
        found = [
            model._name
            for model in self._get_tables().values()
            if not model._transient and COMPANY in model._fields
            for field in [model._fields[COMPANY]]
            if not (field.readonly or field.required or field.related)
            if not field.compute and field.store
        ]
        self.assertIn("crm.pool.rule", found)
        for name in found:
            with self.subTest(name):
                self.assertIn(
                    self.env[name]._fields[COMPANY].ondelete, ("restrict", "cascade")
                )

    def test_an_archived_tag_lets_nobody_else_go_to_the_pool(self):
        tag = self.env["res.partner.category"].create({"name": "Trial"})
        tagged_one = self._create_customer("One", category_id=tag.ids)
        self._create_customer("Two")
        rule = self._create_pool_rule(category_ids=tag.ids)
        tag.active = False
        self.assertEqual(
            self.env["res.partner"].search(rule._get_audience()), tagged_one
        )
        self.assertIn("Trial", rule.sentence)

    def test_a_tag_below_one_that_is_deleted_counts(self):
        above = self.env["res.partner.category"].create({"name": "Above"})
        below = above.create({"name": "Below", "parent_id": above.id})
        rule = self._create_pool_rule(category_ids=below.ids)
        with self.assertRefused(rule.name, UserError):
            above.unlink()
        rule.category_ids = [Command.clear()]
        above.unlink()

    def test_a_pool_whose_only_member_has_left_is_not_open_to_all(self):
        self.pool.member_ids = self.sam
        self.assertFalse(self.pool._has_member(self.sally))
        self.sam.active = False
        self.assertFalse(self.pool._has_member(self.sally))

    def test_a_cap_of_who_has_left_is_no_cap_of_all(self):
        self.env["crm.pool.quota"].create(
            {
                "name": "His",
                "user_ids": self.sam.ids,
                "limit_customers": True,
                "max_customers": 1,
            }
        )
        self.sam.active = False
        customers = self._create_customers(2, user_id=self.sally.id)
        self.assertEqual(customers.user_id, self.sally)

    def test_a_club_goes_with_rules_that_name_its_levels(self):
        club = self.env["crm.club"].create({"name": "Club"})
        level = self.env["crm.club.level"].create(
            {"name": "Gold", "club_id": club.id, "threshold": 10}
        )
        rule = self.env["crm.earning.rule"].create(
            {"name": "R", "club_id": club.id, "kind": "birthday", "active": False}
        )
        rule.level_ids = level
        club.unlink()
        self.assertFalse(rule.exists())
        self.assertFalse(level.exists())

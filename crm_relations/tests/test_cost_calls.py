import sys
from collections import Counter
from unittest.mock import patch

from odoo import Command, models
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.crm_relations.tools.suite import is_ours

from .common.cost import CostCommon

ADDON = "/crm_relations/models/"
# Asked of each value that is read, by Odoo itself if not by us.
ASKED_ANYWAY = "_has_field_access"


@tagged("post_install", "-at_install")
class TestCostCalls(CostCommon):
    """How often our code runs where no managed customer is touched: exact, whatever
    the machine does meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"]

    def _create_contacts(self, count):
        vals_list = [{"name": f"Contact {number}"} for number in range(count)]
        return self.partners.create(vals_list)

    def _count_calls(self, act, records):
        """Return how often each function of ours is called, from a cold cache."""
        calls = Counter()

        def listen(frame, event, _argument):
            code = frame.f_code
            if event == "call" and ADDON in code.co_filename:
                calls[code.co_name] += 1

        self.env.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()
        former = sys.getprofile()
        sys.setprofile(listen)
        try:
            act(records)
            self.env.flush_all()
        finally:
            sys.setprofile(former)
        calls.pop(ASKED_ANYWAY, None)
        return calls

    def _count_twice(self, act, few, many):
        self._count_calls(act, few())  # all that is kept is there
        return self._count_calls(act, few()), self._count_calls(act, many())

    def test_hardly_anything_of_ours_runs_for_each_contact(self):
        """Odoo synchronises addresses contact by contact, and we ask whether it may:
        that is all that grows with the number of contacts written."""
        for values in ({"active": False}, {"comment": "Other"}, {"name": "Other"}):
            few, many = self._count_twice(
                lambda some, new=values: some.write(new),
                lambda: self._create_contacts(10),
                lambda: self._create_contacts(60),
            )
            grown = sum((many - few).values()) / 50
            with self.subTest(values=values):
                self.assertLessEqual(grown, 6, many - few)

    def test_little_of_ours_runs_for_each_contact_created(self):
        few, many = self._count_twice(
            lambda count: self._create_contacts(count), lambda: 10, lambda: 60
        )
        self.assertLessEqual(sum((many - few).values()) / 50, 22, many - few)

    def test_who_opens_a_contact_runs_hardly_anything_of_ours(self):
        shown = {
            name: {}
            for name, field in self.partners._fields.items()
            if not is_ours(field)
            and field.type not in ("one2many", "many2many")
            and self.partners._has_field_access(field, "read")
        }
        for count, act in {
            1: lambda one: one.web_read(shown),
            60: lambda some: some.read(["name", "phone", "email", "city"]),
        }.items():
            contacts = self._create_contacts(count)
            self._count_calls(act, contacts)
            calls = self._count_calls(act, contacts)
            with self.subTest(contacts=count):
                self.assertLessEqual(sum(calls.values()), 130, calls)

    def test_quick_answers_about_access_are_the_slow_ones(self):
        """Whoever asks, and whatever for: also where Odoo itself closes a field."""
        groups = "base.group_user", "base.group_portal", "base.group_system"
        users = [
            new_test_user(self.env(su=True), f"asks{number}", groups=group)
            for number, group in enumerate(groups)
        ]
        users += [self.paul, self.sally]
        model = self.env.registry["res.partner"]
        self.assertTrue(model._open_fields)
        for user in users:
            partners = self.partners.with_user(user)
            questions = [
                (field, operation)
                for field in partners._fields.values()
                for operation in ("read", "write")
            ]
            quick = [partners._has_field_access(*question) for question in questions]
            with patch.object(model, "_open_fields", frozenset()):
                slow = [partners._has_field_access(*asked) for asked in questions]
            with self.subTest(user=user.login):
                self.assertEqual(quick, slow)

    def test_a_field_that_is_closed_later_is_closed(self):
        field = self.partners._fields["website"]
        self.assertTrue(self.partners._has_field_access(field, "read"))
        self.patch(field, "groups", "base.group_system")
        self.assertFalse(self.partners._has_field_access(field, "read"))

    @freeze_time("2026-03-02 08:00:00")
    def test_a_new_contact_is_filled_as_odoo_fills_it(self):
        partners = self.partners
        tag = self.env["res.partner.category"].sudo().create({"name": "Tag"})
        company = partners.create({"name": "Company", "is_company": True})
        inside = partners.with_context(
            default_parent_id=company.id, default_category_id=[(6, 0, tag.ids)]
        )
        self.env["ir.default"].sudo().set("res.partner", "color", 3)
        for contacts in (partners, inside):
            for values in ({}, {"name": "A", "color": 1}, {"category_id": []}):
                theirs = models.BaseModel._add_missing_default_values(contacts, values)
                with self.subTest(context=contacts.env.context, values=values):
                    ours = contacts._add_missing_default_values(dict(values))
                    self.assertEqual(ours, theirs)
        self.assertEqual(theirs["color"], 3)

    def test_ids_another_addon_gives_by_default_become_commands(self):
        partners = self.partners
        tag = self.env["res.partner.category"].sudo().create({"name": "Tag"})
        given = {"category_id": tag.ids}
        with patch.object(
            type(partners), "default_get", lambda _self, _names: dict(given)
        ):
            filled = partners._add_missing_default_values({"name": "A"})
        self.assertEqual(filled["category_id"], [Command.set(tag.ids)])

    def test_a_default_somebody_has_chosen_for_a_field_of_ours_holds(self):
        partners = self.partners.with_user(self.sally)
        nature = self.env["crm.customer.nature"].sudo().create({"name": "Shop"})
        given = partners.with_context(default_nature_id=nature.id).create({"name": "A"})
        self.assertEqual(given.nature_id, nature)
        self.env["ir.default"].sudo().set("res.partner", "nature_id", nature.id)
        chosen = partners.create({"name": "B"})
        self.assertEqual(chosen.nature_id, nature)
        other = partners.create({"name": "C", "nature_id": False})
        self.assertFalse(other.nature_id)

    def test_what_is_ours_is_tracked_where_it_is_written(self):
        contact = self._create_contacts(1).with_user(self.sally)
        self.env.cr.flush()
        messages = contact.message_ids
        contact.write({"care_opt_out": True, "name": "Other"})
        self.env.flush_all()
        self.env.cr.flush()
        values = (contact.message_ids - messages).sudo().tracking_value_ids
        names = set(values.field_id.mapped("name"))
        self.assertEqual(names, {"care_opt_out", "name"})

    def test_what_is_ours_is_not_read_to_be_tracked(self):
        contact = self._create_contacts(1).with_user(self.sally)
        act = lambda one: one.write({"comment": "Other"})  # noqa: E731
        self._get_statements(act, contact)
        sent = self._get_statements(act, contact)
        self.assertFalse([text for text in sent if "care_opt_out" in text])

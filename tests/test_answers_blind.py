"""Who may not read a record learns nothing from what a method answers about it: the
answer is the same for every record, however it stands."""

from archived_world import ArchivedWorld
from suite_parts import SUITE, get_acts, get_needed, get_tables
from world_case import WorldCase

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_relations.tools.arguments import (
    Amount,
    Answers,
    Codes,
    Count,
    Day,
    Id,
    Values,
)

GIVEN = {
    Amount: 1.0,
    Codes: ["x"],
    Count: 3,
    Day: "2026-06-01",
    Values: {},
}


@tagged("post_install", "-at_install")
class TestAnswersBlind(WorldCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = new_test_user(cls.env, "blind_owner")
        cls.boss = new_test_user(cls.env, "blind_boss")
        cls.portal = new_test_user(cls.env, "blind_portal", groups="base.group_portal")
        cls.plain = new_test_user(cls.env, "blind_plain")
        cls.world = ArchivedWorld(cls.env, cls.owner, cls.boss)
        cls.world.prepare()
        cls.world.fill()

    def _get_methods(self):
        """Return ``(model, name, method)`` of all that answers record by record."""
        for model in get_tables(self.env):
            if model._original_module not in SUITE and model._name != "res.partner":
                continue
            for name, method in get_acts(model).items():
                if self._is_answering(method):
                    yield model._name, name, method

    def _is_answering(self, method):
        return (
            getattr(method, "__wrapped__", method).__annotations__.get("return")
            is Answers
        )

    def _get_arguments(self, method):
        plain = getattr(method, "__wrapped__", method)
        kinds = plain.__annotations__
        return {
            name: self.owner.id if kind is Id else GIVEN.get(kind, "Because")
            for name, kind in kinds.items()
            if name != "return"
            if name in get_needed(plain) or kind not in (Id, Codes, Values, Day)
        }

    def _get_rows(self, model):
        if model == "res.partner":
            return self.env[model].browse(one.id for one in self.world.customers)
        return self.env[model].browse(self.world.rows.get(model, {}).values())

    def test_who_may_not_read_it_learns_nothing(self):
        asked = set()
        for model, name, method in self._get_methods():
            rows = self._get_rows(model)
            for user in (self.portal, self.plain):
                seen = rows.with_user(user)
                if not rows or seen._filtered_access("read"):
                    continue
                asked.add((model, name))
                with self.subTest(f"{model}.{name}", user=user.login):
                    answers = self._ask(seen, name, method)
                    self.assertLess(len(answers), 2)
                    self.assertNotIn("ok", {code for code, _message in answers})
        self.assertGreater(len(asked), 40)

    def test_what_is_called_with_other_arguments_is_told_so(self):
        """A method of the model gets the ids of records, too, when a client sends
        them."""
        customers = self.env["res.partner"].with_user(self.plain)
        for call in (
            lambda: customers.pool_claim(1, 2),
            lambda: customers.pool_release(other=1),
            lambda: self.env["crm.work.report"].get_figures(),
        ):
            with self.assertRaisesRegex(UserError, "takes these arguments"):
                call()

    def _ask(self, rows, name, method):
        """Return the different answers; nothing of it stays."""
        with self.env.cr.savepoint() as point, mute_logger("odoo.sql_db"):
            try:
                answers = getattr(rows, name)(**self._get_arguments(method))
            except UserError:
                answers = []
            point.rollback()
        self.env.invalidate_all()
        return {(one["code"], one["message"]) for one in answers}

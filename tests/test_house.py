"""The house: one way to say a thing, rooms that call only rooms before them."""

import ast
import re
from inspect import unwrap
from types import FunctionType

from rooms import ADDON, Source, find_uses_of_later_rooms, get_sources

from odoo.tests import BaseCase, TransactionCase, tagged

# What is said in one way, and where that is.
ONE_WAY = {
    # A text after its label: with the colon of the reader's language.
    r"\}: \{|\": \"\.join": "tools/sentences.py",
    r"AT\s+TIME\s+ZONE": "tools/local_moments.py",
    r"COALESCE\([^()]*company_id,\s*[^()]*relation_company_id": "",
    r"company_id or \w+\.relation_company_id": "models/rule/res_partner_company.py",
    r"sale_team_id\.user_id(?!\.|\")": "models/rule/res_users.py",
    r"format_datetime\(": "",
    r"format_date\(|strftime\(\"%[Yymd]": "models/rule/res_users.py",
    # Digits of a client become an id where their number is looked at.
    r"\.isdecimal\(": "tools/arguments.py",
    # Where somebody works, and what is open to who works in a branch.
    r"res_company_users_rel": "models/rule/res_users.py",
    # Nobody reads 1e+06.
    r":g\}": "",
    # Lists are told as the reader's language tells them.
    r"""[\"'][,;] [\"']\.join\(|style=[\"']unit""": "tools/sentences.py",
}

# What others read: messages in their inbox, tasks on their day.
SENT = ("message_notify", "activity_schedule")


def get_files():
    for path in sorted(ADDON.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield str(path.relative_to(ADDON)), path.read_text()


@tagged("post_install", "-at_install")
class TestHouse(BaseCase):
    def test_each_thing_is_said_in_one_way(self):
        for pattern, place in ONE_WAY.items():
            found = {path for path, text in get_files() if re.search(pattern, text)}
            self.assertLessEqual(found, {place}, pattern)

    def test_what_is_sent_is_not_in_the_language_of_who_sends_it(self):
        """Messages and tasks for others: by the environment of who reads them."""
        found = [
            f"{path.name}:{call.lineno}"
            for addon in (ADDON, *ADDON.parent.glob(f"{ADDON.name}_*"))
            for path in sorted(addon.glob("[mw]*s/**/*.py"))
            for call in ast.walk(ast.parse(path.read_text()))
            if isinstance(call, ast.Call)
            and getattr(call.func, "attr", "") in SENT
            and "self.env._(" in ast.unparse(call)
        ]
        self.assertFalse(found)

    def test_a_room_names_models_of_rooms_before_it_only(self):
        found = find_uses_of_later_rooms(Source.get_models, Source.get_texts)
        self.assertFalse(found)

    def test_each_borrowed_right_is_explained(self):
        unexplained = {
            (source.path, name)
            for source in get_sources()
            for name, text in source.get_methods_with(r"\.sudo\(\)")
            if not re.search(r"[Ss]uperuser|[Aa]s above|rights", text)
        }
        self.assertFalse(unexplained)

    def test_no_test_is_imported_from_another_test(self):
        for path in sorted(ADDON.glob("tests/*.py")):
            if path.name != "__init__.py":
                found = re.findall(r"^from \.test_\w+", path.read_text(), re.MULTILINE)
                self.assertFalse(found, path.name)

    def test_the_clock_is_frozen_in_one_way(self):
        """Odoo's ``freeze_time``, which does the same to a class as to a block."""
        found = [
            path.name
            for folder in ("crm_relations*/tests/**", "tests")
            for path in sorted(ADDON.parent.glob(f"{folder}/*.py"))
            if re.search(r"^\s*(from|import) freezegun", path.read_text(), re.MULTILINE)
        ]
        self.assertFalse(found)

    def test_each_tour_waits_for_the_server(self):
        """A tour that Odoo adds itself clicks while the last page is on its way."""
        tours = sorted(ADDON.parent.glob("crm_relations*/static/tests/tours/*.js"))
        found = [path.stem for path in tours if "web_tour.tours" in path.read_text()]
        self.assertEqual(found, ["patient_tour.esm"])

    def test_bases_of_tests_are_in_one_place(self):
        names = {path.name for path in ADDON.glob("tests/*.py")} - {"__init__.py"}
        self.assertFalse([name for name in names if not name.startswith("test_")])


@tagged("post_install", "-at_install")
class TestRooms(TransactionCase):
    """A name that Odoo has too may mean Odoo's: only ours are looked at."""

    def _is_ours(self, module):
        return module.startswith("crm_relations")

    def test_a_room_calls_methods_of_rooms_before_it_only(self):
        odoo = {
            name
            for model in self.env.registry.values()
            for cls in model.mro()
            if not cls.__module__.startswith("odoo.addons.crm_relations")
            for name, value in vars(cls).items()
            if callable(value)
        }
        # What has no underscore is named like methods of lists, dates and files.
        found = find_uses_of_later_rooms(
            lambda source: {
                name for name in source.get_methods() - odoo if name.startswith("_")
            },
            Source.get_attributes,
        )
        self.assertFalse(found)

    def test_no_room_takes_the_name_of_anothers_method(self):
        """The second one would be called in the place of the first: what a model
        defines twice goes on with what stands there already."""
        taken = set()
        for name, model in self.env.registry.items():
            ours = [
                cls
                for cls in model.mro()
                if self._is_ours(cls.__module__.removeprefix("odoo.addons."))
                and vars(cls).get("_name") == name
            ]
            for number, cls in enumerate(ours):
                earlier = set().union(*map(self._get_names, ours[number + 1 :]))
                taken |= {
                    (name, method, cls.__module__)
                    for method, value in vars(cls).items()
                    if method in earlier and self._goes_its_own_way(value)
                }
        self.assertFalse(taken)

    def _get_names(self, cls):
        """Return the names of what a class defines and is no hook."""
        return {
            name
            for name, value in vars(cls).items()
            if not (value.__doc__ or "").startswith("Hook")
        }

    def _goes_its_own_way(self, value):
        return (
            isinstance(value, FunctionType)
            and "super" not in unwrap(value).__code__.co_names
        )

    def test_a_room_reads_fields_of_rooms_before_it_only(self):
        odoo = {
            field.name
            for model in self.env.registry.values()
            for field in model._fields.values()
            if not all(map(self._is_ours, field._modules))
        }
        added = set().union(
            *(source.get_fields(added=True) for source in get_sources())
        )
        # A single word may mean anything.
        added = {name for name in added - odoo if "_" in name}
        found = find_uses_of_later_rooms(Source.get_fields, Source.get_words)
        self.assertFalse({use for use in found if use[1] in added})

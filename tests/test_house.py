"""The house: one way to say a thing, rooms that call only rooms before them."""

import ast
import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

ADDON = Path(__file__).parents[1] / "crm_relations"
MODELS = ADDON / "models"

# What is said in one way, and where that is.
ONE_WAY = {
    r"AT\s+TIME\s+ZONE": "tools/local_moments.py",
    r"COALESCE\([^()]*company_id,\s*[^()]*relation_company_id": "",
    r"company_id or \w+\.relation_company_id": "models/rule/res_partner_company.py",
    r"sale_team_id\.user_id(?!\.|\")": "models/rule/res_users.py",
    r"format_datetime\(": "models/rule/res_users.py",
}
# Models that the same two rooms share by design: what a pool hides is told by a table
# of columns, also those of rooms to come.
KNOWN = {
    *[("hiding", "crm.callback"), ("hiding", "crm.callback.attempt")],
    *[("hiding", "crm.sms.log"), ("handover", "crm.pool.holding")],
}


def get_sources():
    for path in sorted(ADDON.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield str(path.relative_to(ADDON)), path.read_text()


def get_rooms():
    """Return the rooms in the order in which they are loaded."""
    tree = ast.parse((MODELS / "__init__.py").read_text())
    names = [name.name for node in tree.body for name in node.names]
    return [name for name in names if (MODELS / name).is_dir()]


def get_model_name(node):
    """Return the name of the model that a class makes, else None."""
    values = {
        getattr(line.targets[0], "id", ""): ast.unparse(line.value)
        for line in node.body
        if isinstance(line, ast.Assign)
    }
    name = values.get("_name")
    return (
        ast.literal_eval(name)
        if name and name not in values.get("_inherit", "")
        else None
    )


def get_models(text):
    """Return the names of the models that a file makes."""
    classes = [n for n in ast.parse(text).body if isinstance(n, ast.ClassDef)]
    return set(filter(None, map(get_model_name, classes)))


def get_room(path):
    return Path(path).parts[1]


def get_sources_of_rooms(rooms):
    """Return ``[(room, text)]`` of the files of models in these rooms."""
    return [
        (get_room(path), text)
        for path, text in get_sources()
        if path.startswith("models/") and get_room(path) in rooms
    ]


@tagged("post_install", "-at_install")
class TestHouse(BaseCase):
    def test_each_thing_is_said_in_one_way(self):
        for pattern, place in ONE_WAY.items():
            found = {path for path, text in get_sources() if re.search(pattern, text)}
            self.assertLessEqual(found, {place}, pattern)

    def test_a_room_names_models_of_rooms_before_it_only(self):
        rank = {room: number for number, room in enumerate(get_rooms())}
        sources = get_sources_of_rooms(rank)
        homes = {
            name: rank[room] for room, text in sources for name in get_models(text)
        }
        found = {
            (room, name)
            for room, text in sources
            for name in re.findall(r'"(crm\.[a-z_.]+)"', text)
            if homes.get(name, 0) > rank[room]
        }
        self.assertLessEqual(found, KNOWN)

    def test_no_test_is_imported_from_another_test(self):
        for path in sorted(ADDON.glob("tests/*.py")):
            if path.name != "__init__.py":
                found = re.findall(r"^from \.test_\w+", path.read_text(), re.MULTILINE)
                self.assertFalse(found, path.name)

"""The rooms of the addons in the order in which they are loaded, and what the Python of
each defines and uses."""

import ast
import re
from functools import cached_property
from pathlib import Path

ADDON = Path(__file__).parents[1] / "crm_relations"
# Those that have rooms, the one on which the others stand first.
ADDONS = (
    ADDON,
    ADDON.parent / "crm_relations_complaint",
    ADDON.parent / "crm_relations_survey",
)
KINDS = ("models", "wizards", "report")


class Source:
    """A Python file of a room."""

    def __init__(self, addon, path):
        self.path = str(path.relative_to(addon.parent))
        self.room = addon.name, path.relative_to(addon).parts[1]
        self.text = path.read_text()

    @cached_property
    def nodes(self):
        return list(ast.walk(ast.parse(self.text)))

    @property
    def classes(self):
        return [node for node in self.nodes if isinstance(node, ast.ClassDef)]

    def get_models(self):
        """Return the names of the models that this file makes."""
        return set(filter(None, map(_get_model_name, self.classes)))

    def get_methods(self):
        """Return the names of the methods that this file defines."""
        return {
            line.name
            for node in self.classes
            for line in node.body
            if isinstance(line, ast.FunctionDef)
        }

    def get_methods_with(self, pattern):
        """Return ``[(name, source)]`` of the methods in which the pattern is found."""
        methods = [
            (node.name, ast.get_source_segment(self.text, node))
            for node in self.nodes
            if isinstance(node, ast.FunctionDef)
        ]
        return [(name, text) for name, text in methods if re.search(pattern, text)]

    def get_docstrings(self):
        """Return ``[(name, docstring)]`` of the methods that have one."""
        found = [
            (line.name, ast.get_docstring(line))
            for node in self.classes
            for line in node.body
            if isinstance(line, ast.FunctionDef)
        ]
        return [(name, text) for name, text in found if text]

    def get_fields(self, added=False):
        """Return the names of the fields that this file defines.

        :param added: only those that it adds to the models of other files
        """
        return {
            line.targets[0].id
            for node in self.classes
            if not (added and _get_model_name(node))
            for line in node.body
            if isinstance(line, ast.Assign)
            and ast.unparse(line.value).startswith("fields.")
        }

    def get_texts(self):
        """Return the strings in this file."""
        return {
            node.value
            for node in self.nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }

    def get_attributes(self):
        """Return the names of what is read from, or called on, something."""
        return {node.attr for node in self.nodes if isinstance(node, ast.Attribute)}

    def get_words(self):
        """Return the names that are read, also by SQL and as texts."""
        words = re.findall(r"\w+", " ".join(self.get_texts()))
        return self.get_attributes().union(words)


def _get_model_name(node):
    """Return the name of the model that a class makes, else None."""
    values = {
        getattr(line.targets[0], "id", ""): ast.unparse(line.value)
        for line in node.body
        if isinstance(line, ast.Assign)
    }
    name = values.get("_name")
    makes = name and name not in values.get("_inherit", "")
    return ast.literal_eval(name) if makes else None


def get_rooms():
    """Return ``(addon, room)`` in the order in which they are loaded."""
    return [(addon.name, room) for addon in ADDONS for room in _get_rooms_of(addon)]


def _get_rooms_of(addon):
    """Those of the models, and then those that have no model."""
    names = {}
    for kind in KINDS:
        init = addon / kind / "__init__.py"
        tree = ast.parse(init.read_text() if init.exists() else "")
        found = [name.name for node in tree.body for name in node.names]
        names |= dict.fromkeys(name for name in found if (addon / kind / name).is_dir())
    return list(names)


def get_sources():
    """Return the files of the rooms: models, wizards and reports."""
    return [
        Source(addon, path)
        for addon in ADDONS
        for kind in KINDS
        for path in sorted((addon / kind).rglob("*/*.py"))
        if path.name != "__init__.py"
    ]


def find_uses_of_later_rooms(get_defined, get_used):
    """Return ``{(path, name)}`` of what a room uses and only later rooms define.

    :param get_defined: names that a ``Source`` defines
    :param get_used: names that a ``Source`` uses
    """
    rank = {room: number for number, room in enumerate(get_rooms())}
    sources, home = get_sources(), {}
    for source in sources:
        for name in get_defined(source):
            home[name] = min(home.get(name, len(rank)), rank[source.room])
    return {
        (source.path, name)
        for source in sources
        for name in get_used(source)
        if home.get(name, 0) > rank[source.room]
    }

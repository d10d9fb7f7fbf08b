import inspect
from contextlib import suppress

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common.links import LinksCommon

SUITE = "odoo.addons.crm_relations"
# A part of a statement; a dictionary by that name; asked of a rule that goes by dates.
OTHERS = {"_get_freed_sql", "_get_country_of_number", "_get_dated_sql"}


@tagged("post_install", "-at_install")
class TestEmptyLists(LinksCommon):
    """Nobody is no error: every method that takes ids takes an empty list of them, and
    what a job has found nothing for does nothing."""

    def _get_methods(self):
        """Return ``[(model, name)]`` of the methods that need nothing but a list
        of ids: of the model, and of records of which there is one."""
        found = {}
        for name, cls in self._get_classes():
            for method, function in vars(cls).items():
                if inspect.isfunction(function) and self._takes_ids(function):
                    found.setdefault((cls.__module__, method), name)
        return sorted({(model, method) for (_of, method), model in found.items()})

    def _get_classes(self):
        """Yield ``(model, class)`` of the classes of the suite."""
        for name, registered in self.env.registry.items():
            if registered._abstract and name != "crm.segmentation":
                continue
            for cls in registered.mro():
                if cls.__module__.startswith(SUITE):
                    yield name, cls

    def _takes_ids(self, function):
        _self, *given = inspect.signature(function).parameters.values()
        needed = [one.name for one in given if one.default is one.empty]
        first = given[0].name if given else ""
        if function.__name__ in OTHERS:
            return False
        return (first.endswith("_ids") or first == "ids") and set(needed) <= {first}

    def test_every_method_takes_an_empty_list(self):
        methods = self._get_methods()
        self.assertGreater(len(methods), 60)
        records = {name: self.env[name] for name, _method in methods}
        for name, method in methods:
            if not records[name] and self._is_of_records(name, method):
                records[name] = self.env[name].browse(self._insert(name, 5))
            model = records[name]
            with self.subTest(f"{name}.{method}"):
                self._call(model, method)

    def _is_of_records(self, name, method):
        return not getattr(getattr(self.env[name], method), "_api_model", False)

    def _call(self, records, method):
        with suppress(UserError), self.env.cr.savepoint():
            result = getattr(records, method)([])
            if isinstance(result, SQL) and result.code.strip().startswith("SELECT"):
                self.env.cr.execute(result)
            self.env.flush_all()

import dis
import inspect
from collections import defaultdict

from odoo.tests import TransactionCase, tagged

OURS = "odoo.addons.crm_relations"
# Hooks that a model answers anew, and why.
ANEW = {
    "CrmAccountLadder._decisions_applied": "no column of customers holds its steps",
    "CrmPoolRule._get_audience": "asks for the whole audience under another name",
    "CrmAccountPlanChange._get_no_deciders": "who decides on the plan decides",
    "CrmArchiveLoan._get_no_deciders": "whose customer it is decides",
    "CrmComplaintCrisisStatement._get_no_deciders": "managers of complaints decide",
    "CrmComplaintRemedy._get_no_deciders": "approvers within their limit decide",
    "CrmPoolStay._grants_expired": "empties no more of the cache than it has to",
    "IrActionsServer._is_colleague_field": "one field of Odoo's model is ours",
    "CrmArchiveLoan._refuse_where_seen": "what was approved is revoked",
}
# What a method may consist of that says nothing of its own.
PASSING_ON = {
    *("RESUME", "COPY_FREE_VARS", "LOAD_GLOBAL", "LOAD_DEREF", "LOAD_FAST"),
    *("LOAD_FAST_LOAD_FAST", "LOAD_SUPER_ATTR", "PUSH_NULL", "CALL", "RETURN_VALUE"),
}


def _asks(code):
    return "super" in code.co_names or any(
        _asks(inner) for inner in code.co_consts if inspect.iscode(inner)
    )


def _says_nothing(function):
    names = set(function.__code__.co_names)
    steps = {step.opname for step in dis.get_instructions(function)}
    decorated = vars(function).keys() - {"_api_model", "_api_private"}
    is_plain = names == {"super", function.__name__} and steps <= PASSING_ON
    return is_plain and not decorated


@tagged("post_install", "-at_install")
class TestOverrides(TransactionCase):
    """A room that extends a hook keeps what the rooms before it have said. Read from
    the methods as they are loaded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.overrides = defaultdict(set)
        for model in cls.env.registry.values():
            for name, functions in cls._get_overrides(model).items():
                cls.overrides[name].update(functions)

    @classmethod
    def _get_overrides(cls, model):
        """Return ``{name: our methods of the model that have one before them}``."""
        found = defaultdict(list)
        for base in model.__mro__:
            for name, value in vars(base).items():
                function = inspect.unwrap(value) if callable(value) else None
                if name.startswith("_") and inspect.isfunction(function):
                    found[name].append(function)
        return {
            name: [one for one in some[:-1] if one.__module__.startswith(OURS)]
            for name, some in found.items()
        }

    def test_who_extends_what_others_extend_asks_the_one_before(self):
        anew = set()
        for functions in self.overrides.values():
            asking = {one for one in functions if _asks(one.__code__)}
            if asking:
                anew.update(one.__qualname__ for one in functions - asking)
        self.assertEqual(anew, set(ANEW))

    def test_none_only_passes_on_what_it_was_asked(self):
        self.assertEqual(
            {
                f"{one.__module__} {one.__qualname__}"
                for functions in self.overrides.values()
                for one in functions
                if _says_nothing(one)
            },
            set(),
        )

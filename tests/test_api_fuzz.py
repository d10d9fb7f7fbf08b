"""Over the API anything may come: an answer is a result or a clear user error."""

import inspect
import json
import traceback

from hostile import VALUES, ids_of, records_of, values_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from trials import trials

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import json_default, mute_logger

OURS = "odoo.addons.crm_relations"
DEFINERS = ("odoo.addons.", "odoo.orm.models")
EXAMPLES = trials(12)


@tagged("post_install", "-at_install")
class TestApiFuzz(TransactionCase):
    """Every method without ``_`` that our classes define, found in the registry, as a
    salesperson and as a manager, with hostile records and arguments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sally = cls._create_user("fuzz_sally", "group_sales_user")
        cls.rita = cls._create_user(
            "fuzz_rita", "group_relations_manager", "group_callback_agent"
        )
        cls._create_world()
        cls.known = {}

    @classmethod
    def _create_user(cls, login, *roles):
        groups = ["sales_team.group_sale_salesman"]
        groups += [f"crm_relations.{role}" for role in roles]
        return new_test_user(cls.env, login, groups=",".join(groups))

    @classmethod
    def _create_world(cls):
        cls.env["res.company"].search([]).customers_are_owned = True
        owned, pooled, lost = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "is_managed_customer": True}
                for name in ("Owned", "Pooled", "Lost")
            ]
        )
        (owned | lost).user_id = cls.sally
        pooled.pool_id = cls.env.ref("crm_relations.crm_pool_public")
        cls.customers = owned | pooled | lost
        cls.env["crm.followup"].create(
            {"partner_id": owned.id, "purpose": "Visit", "user_id": cls.sally.id}
        )
        cls.env["crm.callback"].create(
            {
                "partner_id": owned.id,
                "purpose": "Thanks",
                "deadline_at": "2030-01-01 08:00:00",
            }
        )
        lost.with_user(cls.rita).register_lost(
            cls.env["crm.churn.reason"].search([], limit=1).id
        )
        cls.env["crm.archive.proposal"].create(
            {"partner_id": owned.id, "field_name": "city", "new_value": "Leeds"}
        )
        owned.with_user(cls.sally).pool_extend("Busy", 3)
        lost.with_user(cls.sally).share_with(cls.rita.id)

    def _get_methods(self, own):
        """Return ``(model, method)`` of all public methods that we define.

        :param own: those that only we define; else those of Odoo that we extend
        """
        wanted = {True} if own else {True, False}
        return [
            (name, method)
            for name, model in sorted(self.env.registry.items())
            for method, ours in sorted(self._get_definers(model).items())
            if ours == wanted
        ]

    def _get_definers(self, model):
        """Return ``{public method: {whether it is we who define it}}``."""
        definers = {}
        parts = (part for part in model.mro() if part.__module__.startswith(DEFINERS))
        for method, value in (item for part in parts for item in vars(part).items()):
            if inspect.isfunction(value) and not method.startswith("_"):
                ours = value.__module__.startswith(OURS)
                definers.setdefault(method, set()).add(ours)
        return definers

    def _get_known(self, model):
        if model not in self.known:
            records = self.env[model]
            if model == "res.partner":
                ids = self.customers.ids
            elif records._abstract:
                ids = []
            else:
                ids = records.sudo().search([], limit=2, order="id desc").ids
            self.known[model] = ids
        return self.known[model]

    def _strategy(self, model, method, records=None):
        """Return a strategy of ``(ids or None, keyword arguments)``."""
        function = getattr(self.env.registry[model], method)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        values = values_of(self._get_known(model) + [self.rita.id])
        required, optional = {}, {}
        for parameter in parameters:
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            given_ = required if parameter.default is parameter.empty else optional
            given_[parameter.name] = values
        arguments = st.fixed_dictionaries(required, optional=optional)
        if hasattr(function, "_api_model"):
            return st.tuples(st.none(), arguments)
        if records is None:
            records = ids_of(self._get_known(model))
        return st.tuples(records, arguments)

    def _call(self, user, model, method, ids, arguments):
        """Return the traceback of a bare error, or None; the caller undoes it all."""
        records = self.env[model].with_user(user)
        positional = [] if ids is None else [ids]
        try:
            result = call_kw(records, method, positional, arguments)
            json.dumps(result, default=json_default)
            self.env.flush_all()
        except UserError:
            return None
        except Exception as caught:
            return caught
        return None

    def _fuzz(self, model, method, strategy, is_ours=lambda error: True):
        """Return one line for each kind of bare error that the method shows."""
        failures = {}

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(call=strategy)
        def run(call):
            ids, arguments = call
            for user in (self.sally, self.rita):
                error = self._call(user, model, method, ids, arguments)
                self.env.clear()
                savepoint.rollback()  # it stays, for the next call
                if error and is_ours(error):
                    line = traceback.extract_tb(error.__traceback__)
                    places = [f for f in line if "crm_relations" in f.filename]
                    place = places[-1] if places else line[-1]
                    key = f"{type(error).__name__} in {place.name}:{place.lineno}"
                    call_ = f"{user.login} {ids!r} {arguments!r:.200}"
                    failures.setdefault(key, f"{key}: {error!s:.150} <- {call_}")

        muted = mute_logger("odoo.sql_db", "odoo.http", "odoo.models")
        with muted, self.env.cr.savepoint() as savepoint:
            run()
        return list(failures.values())

    def test_a_method_of_ours_answers_or_says_what_is_wrong(self):
        methods = self._get_methods(own=True)
        self.assertIn(("res.partner", "pool_claim"), methods)
        self.assertGreater(len(methods), 150)
        for model, method in methods:
            with self.subTest(model=model, method=method):
                strategy = self._strategy(model, method)
                self.assertFalse(self._fuzz(model, method, strategy))

    def test_every_parameter_says_what_it_takes(self):
        """So that the gate reads it; the next public method as well."""
        for model, method in self._get_methods(own=True):
            function = inspect.unwrap(getattr(self.env.registry[model], method))
            for parameter in list(inspect.signature(function).parameters.values())[1:]:
                with self.subTest(model=model, method=method, parameter=parameter.name):
                    self.assertIsNot(parameter.annotation, parameter.empty)

    def _fails_in_ours(self, error):
        """Tell whether a bare error comes from what we add to a method of Odoo, not
        from Odoo's own method, which we call with what we were given."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/crm_relations" in frame.filename]
        ours = [frame for frame in ours if "/tests/" not in frame.filename]
        return bool(ours) and "super(" not in (ours[-1].line or "")

    def _strategy_of_odoo(self, model, method):
        """As ``_strategy``, of what Odoo's own methods take without a bare error."""
        names = [
            *("user_id", "partner_id", "active", "parent_id", "name", "state"),
            *("company_id", "date", "field_name", "new_value", "pool_id"),
        ]
        names = [name for name in names if name in self.env[model]._fields] or ["id"]
        values = st.dictionaries(st.sampled_from(names), VALUES)
        records = records_of(self._get_known(model))
        if method == "create":
            lists = st.lists(values, max_size=3)
            return st.tuples(st.none(), st.fixed_dictionaries({"vals_list": lists}))
        if method == "write":
            return st.tuples(records, st.fixed_dictionaries({"vals": values}))
        if method == "load":
            cells = st.sampled_from(["", "x", "7", "a,b", "2026-13-01", "1" * 40])
            rows = st.lists(st.lists(cells, min_size=2, max_size=2), max_size=3)
            some = st.lists(st.sampled_from(names), min_size=2, max_size=2)
            table = st.fixed_dictionaries({"fields": some, "data": rows})
            return st.tuples(st.none(), table)
        return self._strategy(model, method, records)

    def test_a_method_of_odoo_fails_no_worse_with_us(self):
        for model, method in self._get_methods(own=False):
            if self.env[model]._abstract or not self.env.registry[model]._auto:
                continue
            with self.subTest(model=model, method=method):
                strategy = self._strategy_of_odoo(model, method)
                bare = self._fuzz(model, method, strategy, self._fails_in_ours)
                self.assertFalse(bare)

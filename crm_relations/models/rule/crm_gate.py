from functools import wraps
from inspect import isfunction, signature

from odoo import models
from odoo.api import NewId
from odoo.exceptions import MissingError, UserError, ValidationError

from ...tools.arguments import (
    Amount,
    Answers,
    Codes,
    Count,
    Day,
    Given,
    Text,
    Values,
    WrongArgument,
    is_id,
    is_large_id,
    is_storable,
)
from ...tools.sentences import join_words

OURS = "odoo.addons.crm_relations"


class CrmGate(models.AbstractModel):
    """The one door through which clients come to what the suite adds to models.

    Every public method that only addons of the suite define is called through it: its
    arguments are read as its signature says (``tools/arguments.py``), ids that no
    record can have are answered in words, the same record given twice is looked at
    once. So no method needs to expect what no record and no column can be.

    Methods of Odoo that the suite extends keep Odoo's own terms.
    """

    _name = "crm.gate"
    _description = "Door to the public methods"

    def _register_hook(self):
        super()._register_hook()
        for model_class in self.env.registry.values():
            for name in get_public_names(model_class):
                method = getattr(model_class, name)
                if not hasattr(method, "_crm_gate"):
                    setattr(model_class, name, guard(method))

    def _unregister_hook(self):
        result = super()._unregister_hook()
        for model_class in self.env.registry.values():
            for name, method in list(vars(model_class).items()):
                if hasattr(method, "_crm_gate"):
                    delattr(model_class, name)
        return result

    def _read_arguments(self, parameters, arguments):
        """Return what the method gets for what a client sent.

        :param parameters: those of the signature, by name
        :raise ValidationError: names the argument and what it should be
        """
        read = {}
        for name, value in arguments.items():
            kind = parameters[name].annotation
            kind = kind if isinstance(kind, type) and issubclass(kind, Given) else Given
            if not is_storable(value):
                raise ValidationError(
                    self.env._(
                        "A text holds a character that cannot be kept (%(argument)s).",
                        argument=name,
                    )
                )
            try:
                read[name] = kind.parse(value)
            except WrongArgument:
                message = self._get_wrong_message(kind, name, value)
                raise ValidationError(message) from None
        return read

    def _get_wrong_message(self, kind, name, value):
        """Return what is wrong with an argument, as a sentence."""
        told = {"value": str(value)[:80], "argument": name}
        words = {
            Text: self.env._("“%(value)s” is no text (%(argument)s).", **told),
            Day: self.env._(
                "“%(value)s” is no day: write it like 2026-01-31 (%(argument)s).",
                **told,
            ),
            Count: self.env._(
                "“%(value)s” is no whole number from zero on (%(argument)s).", **told
            ),
            Amount: self.env._("“%(value)s” is no number (%(argument)s).", **told),
            Codes: self.env._(
                "“%(value)s” is no list of codes (%(argument)s).", **told
            ),
            Values: self.env._(
                "“%(value)s” is no set of values (%(argument)s).", **told
            ),
        }
        return words[kind]

    def _get_call_message(self, name, call):
        """Return that a method is called with too much or too little, as a sentence."""
        _records, *names = call.parameters
        return self.env._(
            "“%(method)s” takes these arguments and no others: %(arguments)s.",
            method=name,
            arguments=join_words(self.env, names) or "–",
        )

    def _call_for_each(self, records, method):
        """Call ``method`` for the records that can exist, each once; return its answers
        in the order given."""
        known = records.browse(dict.fromkeys(filter(is_id, records._ids)))
        answers = {row["id"]: row for row in self._call(known, method)}
        missing = self.env._("It does not exist any more.")
        return [
            (is_id(number) and answers.get(number))
            or {"id": number, "ok": False, "code": "missing", "message": missing}
            for number in records._ids
        ]

    def _call_for_all(self, records, method):
        """Call ``method`` for these records, each once.

        :raise MissingError: one of them is none that can exist
        """
        ids = records._ids
        if not all(self._can_exist(records, number) for number in ids):
            raise MissingError(self.env._("This record does not exist any more."))
        if len(set(ids)) != len(ids):
            records = records.browse(dict.fromkeys(ids))
        return self._call(records, method)

    @staticmethod
    def _can_exist(records, number):
        if records._abstract:
            return False
        if isinstance(number, NewId) or is_id(number):
            return True
        # The lines of a report have ids of their own making.
        return not records._auto and is_large_id(number)

    def _call(self, records, method):
        """Say in words what a method for one record does not do for others."""
        try:
            return method(records)
        except ValueError as error:
            # Odoo's words for "not exactly one"; nothing else tells it apart.
            if len(records) == 1 or "Expected singleton" not in str(error):
                raise
            raise UserError(self.env._("Choose exactly one record.")) from error


def get_public_names(model_class):
    """Return the names of the public methods that only the suite defines there."""
    names = {}
    for part in model_class.mro():
        ours = part.__module__.startswith(OURS)
        for name, value in vars(part).items():
            if not name.startswith("_") and not hasattr(value, "_crm_gate"):
                names[name] = names.get(name, True) and ours and isfunction(value)
    return sorted(name for name, ours in names.items() if ours)


def guard(method):
    """Return ``method`` behind the gate."""
    call = signature(method)
    for_each = call.return_annotation is Answers
    of_model = hasattr(method, "_api_model")

    @wraps(method)
    def guarded(self, /, *args, **kwargs):
        gate = self.env["crm.gate"]
        try:
            bound = call.bind(self, *args, **kwargs)
        except TypeError as error:
            raise UserError(gate._get_call_message(method.__name__, call)) from error
        records, *_rest = bound.arguments
        arguments = dict(bound.arguments)
        del arguments[records]
        bound.arguments.update(gate._read_arguments(call.parameters, arguments))

        def run(them):
            bound.arguments[records] = them
            return method(*bound.args, **bound.kwargs)

        if of_model:
            return run(self)
        if for_each:
            return gate._call_for_each(self, run)
        return gate._call_for_all(self, run)

    guarded._crm_gate = True
    return guarded

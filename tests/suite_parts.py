"""What the suite brings to Odoo: its tables and fields, what one does with a row."""

import inspect

SUITE = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


def get_tables(env):
    """Return the models, of anybody, whose rows stay in a table of their own."""
    return [
        env[name]
        for name, model in env.registry.items()
        if model._auto and not model._abstract and not model._transient
        if env[name]._table_query is None
    ]


def is_ours(field):
    """Return whether an addon of the suite says something of a field."""
    return not set(SUITE).isdisjoint(field._modules or ())


def create_all_rounder(env, login, **values):
    """Make somebody who has every role of the suite."""
    groups = env["res.groups"].search([])
    modules = {
        number: name.partition(".")[0]
        for number, name in groups.get_external_id().items()
    }
    ours = groups.filtered(lambda group: modules[group.id] in SUITE)
    return env["res.users"].create(
        {
            "name": login.rpartition("_")[2],
            "login": login,
            "email": f"{login}@example.com",
            "group_ids": (ours | env.ref("base.group_user")).ids,
            **values,
        }
    )


def get_acts(model):
    """Return ``{name: method}`` of what the suite lets one do with rows of a model."""
    return {
        name: method
        for name, method in inspect.getmembers(type(model), inspect.isfunction)
        if not name.startswith("_") and not hasattr(method, "_api_model")
        if (method.__module__ or "").startswith("odoo.addons.crm_")
    }


def get_needed(method):
    """Return the arguments without which a method cannot be called."""
    _self, *given = inspect.signature(method).parameters.values()
    return {
        one.name
        for one in given
        if one.default is one.empty and one.kind < one.VAR_POSITIONAL
    }

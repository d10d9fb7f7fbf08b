"""A domain in words: labels of fields instead of their names."""

from ast import literal_eval

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainNot, DomainOr
from odoo.tools import format_list

SIGNS = {"!=": "≠", ">=": "≥", "<=": "≤"}


def tell_domain(records, text):
    """Return a typed domain on the model of ``records`` as people read it; the text
    itself where it is none, "" for one that asks nothing."""
    try:
        domain = Domain(literal_eval(text or "[]"))
        return "" if domain.is_true() else _tell(records, domain)
    except (ValueError, SyntaxError, TypeError, KeyError):
        return text


def _tell(records, domain):
    if isinstance(domain, DomainCondition):
        return _tell_condition(records, domain)
    if isinstance(domain, DomainNot):
        return records.env._("not (%(words)s)", words=_tell(records, domain.child))
    if isinstance(domain, DomainAnd | DomainOr):
        style = "or" if isinstance(domain, DomainOr) else "standard"
        parts = [_tell(records, child) for child in domain.children]
        words = format_list(records.env, parts, style=style)
        return f"({words})"
    return str(domain)


def _tell_condition(records, condition):
    labels, field = [], None
    for name in condition.field_expr.split("."):
        field = records._fields.get(name)
        labels.append(field._description_string(records.env) if field else name)
        if field is not None and field.relational:
            records = records.env[field.comodel_name].sudo()
    operator, value = condition.operator, condition.value
    if isinstance(value, Domain):
        return f"{' → '.join(labels)} ({_tell(records, value)})"
    sign = SIGNS.get(operator, operator)
    return f"{' → '.join(labels)} {sign} {_tell_operand(records, field, value)}"


def _tell_operand(records, field, value):
    values = _get_values(value)
    if values is None:
        return str(_tell_one(records, field, value))
    words = [_tell_operand(records, field, one) for one in values]
    return format_list(records.env, words, style="or") if words else "…"


def _get_values(value):
    """Return what a value holds that is several, else None."""
    is_several = hasattr(value, "__iter__") and not isinstance(value, str)
    return list(value) if is_several else None


def _tell_one(records, field, value):
    if field is None:
        return value
    if field.relational and isinstance(value, int) and value:
        return records.browse(value).exists().display_name or value
    if field.type == "selection":
        return dict(field._description_selection(records.env)).get(value, value)
    return value

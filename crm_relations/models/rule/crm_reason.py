from collections import defaultdict
from datetime import date

from odoo import models
from odoo.exceptions import MissingError
from odoo.tools import format_amount


class CrmReason(models.AbstractModel):
    """Turn the facts of a decision into words, in the reader's language.

    Facts are a flat JSON object; its ``code`` names the sentence. A room adds a
    sentence by extending this model with ``_sentence_<code>(facts)`` and, where
    figures help, ``_figures_<code>(facts)``. Nothing rendered here is stored.
    """

    _name = "crm.reason"
    _description = "Reason for a decision"

    def _get_sentence(self, facts):
        """Return the sentence for ``facts``; "" without facts or for a code
        that no installed addon knows (the facts outlive the addon)."""
        method = getattr(self, f"_sentence_{(facts or {}).get('code')}", None)
        return method(facts) if method else ""

    def _get_brief(self, facts):
        """Return a few words on ``facts`` for a line of a list; the sentence where
        there are none."""
        method = getattr(self, f"_brief_{(facts or {}).get('code')}", None)
        return method(facts) if method else self._get_sentence(facts)

    def _get_figures(self, facts):
        """Return ``[(label, text), …]`` for the facts worth showing as figures."""
        method = getattr(self, f"_figures_{(facts or {}).get('code')}", None)
        return method(facts) if method else []

    def _explain(self, facts, rule=None, since=None, following=""):
        """Return what the ``reason`` widget shows.

        :param facts: the JSON facts of the decision
        :param rule: the rule record that decided, may be empty
        :param since: date or datetime from which the decision holds
        :param following: one sentence on what would change it
        :return: dict(sentence, figures, since, next, rule), or False without facts
        """
        sentence = self._get_sentence(facts)
        if not sentence:
            return False
        # Superuser: the name of the rule, to who may read the decision.
        rule = rule.sudo() if rule else rule
        return {
            "sentence": sentence,
            "figures": [list(figure) for figure in self._get_figures(facts)],
            "since": self.env.user._tell_day(since),
            "next": following or "",
            "rule": {"model": rule._name, "id": rule.id, "name": rule.display_name}
            if rule
            else False,
        }

    def _get_fact_links(self):
        """Return ``{key of facts: model whose id it holds}``, of all rooms.

        A key that means it in the facts of one code only is told as ``code/key``. What
        is merged into another record is followed there (``crm.partner.link``), so
        whoever stores an id names its key here. ``*model``: the model is named by the
        facts themselves, by the key after the star.
        """
        return {"currency": "res.currency"}

    def _look_ahead(self, every):
        """Read at once what these facts of many lines name: one by one, a page of
        lines takes a statement for each person.

        :param every: facts, some of which may be none
        """
        every = list(filter(None, every))
        if len(every) < 2:
            return  # what its sentence needs is read by it
        links = self._get_fact_links().items()
        links = [(*key.rpartition("/"), m) for key, m in links if m in self.env]
        ids = defaultdict(set)
        for facts in every:
            for model, named in _get_named(facts, links):
                ids[model].update(named)
        for model, some in ids.items():
            self._browse_named(model, sorted(some))

    def _get_linked(self, facts, key):
        """Return the records whose id or ids ``facts`` hold by ``key``, if they are
        still there, as superuser."""
        links = self._get_fact_links()
        model = links.get(f"{facts.get('code')}/{key}") or links[key]
        if model.startswith("*"):
            model = facts[model[1:]]
        return self._browse_named(model, facts.get(key))

    def _browse_named(self, model, ids):
        """Return those of these records that are still there, as superuser. Each is
        looked for once a transaction: a page tells of the same few again and again,
        and ``exists`` would ask the database each time."""
        # Superuser: what a reason names is no secret to those who may read it.
        records = self.env[model].sudo().browse(ids)
        return records.filtered(self._is_there)

    def _is_there(self, record):
        # An id is known without looking: a column has to be read.
        column = record._rec_name or (record._log_access and "create_date")
        if not column:
            return bool(record.exists())
        try:
            return bool(record.id and record[column] is not None)
        except MissingError:
            return False

    def _format_money(self, amount, currency_id):
        currency = self._browse_named("res.currency", currency_id)
        currency = currency or self.env.company.currency_id
        return format_amount(self.env, amount or 0.0, currency)

    def _format_day(self, value):
        return self.env.user._tell_day(date.fromisoformat(value[:10])) if value else ""

    def _format_share(self, share):
        """Return a share (0 to 1) as a percentage, with a decimal where it has one."""
        percent = f"{100 * (share or 0):.1f}".removesuffix(".0")
        return f"{percent} %"


def _get_named(facts, links):
    """Return ``[(model, ids)]`` of what these facts name by links of their code."""
    return [
        (model, _get_ids(facts.get(key)))
        for code, _slash, key, model in links
        if code in ("", facts.get("code"))
    ]


def _get_ids(value):
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, int)]

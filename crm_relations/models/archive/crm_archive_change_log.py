from odoo import api, models
from odoo.exceptions import MissingError
from odoo.http import request

from ...tools.told_source import Source, get_source_of_path, get_told_source

WAITING = "crm_relations.archive_changes"


class _Memory:
    """What stood where before this transaction, by record; who came in it."""

    def __init__(self):
        self.old = {}  # {(model, id): {field name: (text, who changed it)}}
        self.new_ids = set()  # partners of whom nothing stood anywhere
        self.lines = []  # values of changes that are told as a whole
        self.whys = {}  # {customer id: the reason given with what is saved}


class CrmArchiveChange(models.Model):
    """Remember what stands there before it is written, and write down, once a
    transaction, what says something else at its end: one INSERT for all."""

    _inherit = "crm.archive.change"

    @api.model
    def _get_memory(self):
        precommit = self.env.cr.precommit
        if WAITING not in precommit.data:
            precommit.data[WAITING] = _Memory()
            # Superuser: nobody writes the ledger by hand.
            precommit.add(self.sudo().browse()._write_down)
        return precommit.data[WAITING]

    @api.model
    def _remember(self, records, names):
        """Keep what these fields of the records say now, if that is not known yet."""
        memory, who = self._get_memory(), self._get_who()
        for record in records:
            if record._name == "res.partner" and record.id in memory.new_ids:
                continue
            old = memory.old.setdefault((record._name, record.id), {})
            for name in sorted(names):
                text = (
                    old[name][0]
                    if name in old
                    else self._get_kept_text(record, record._fields[name])
                )
                old[name] = (text, who)

    @api.model
    def _explain(self, customers, why):
        """What this transaction changes of these customers, and of the people there, is
        changed for this reason, where it has none of its own."""
        self._get_memory().whys.update(dict.fromkeys(customers.ids, why))

    @api.model
    def _forget(self, records):
        """These go: nothing more is told of them."""
        memory = self.env.cr.precommit.data.get(WAITING)
        for record in records if memory else ():
            memory.old.pop((record._name, record.id), None)

    @api.model
    def _skip_new(self, partners):
        """What comes with these, who have just been created, is no change."""
        self._forget(partners)
        self._get_memory().new_ids.update(partners.ids)

    @api.model
    def _get_who(self):
        """Return the values of a change that say who makes it, and by what way."""
        source = get_told_source() or Source(self._get_source())
        return {
            "user_id": self.env.uid,
            "source": source.code,
            "why": source.why or False,
            "proposal_id": source.proposal_id or False,
        }

    @api.model
    def _get_source(self):
        # Superuser: what kind of user it is.
        if self.env.user.sudo().share:
            return "portal"
        if not request or self.env.uid != request.session.uid:
            is_api = request and get_source_of_path(request.httprequest.path) == "api"
            return "api" if is_api else "job"
        return get_source_of_path(request.httprequest.path)

    @api.model
    def _write_down(self):
        memory = self.env.cr.precommit.data.pop(WAITING, None)
        if not memory or not (memory.old or memory.lines):
            return
        changes = [*memory.lines, *self._without_copies(self._get_changes(memory.old))]
        for values in changes if memory.whys else ():
            values["why"] = values.get("why") or memory.whys.get(values["customer_id"])
        if changes:
            self.create(changes)

    @api.model
    def _get_changes(self, remembered):
        """Return the values of what has changed since.

        :param remembered: ``{(model, id): {field: what stood there, and who wrote}}``
        """
        return [
            values
            for (model, number), old in remembered.items()
            for values in self._prepare_changes(self.env[model].browse(number), old)
        ]

    def _prepare_changes(self, record, old):
        """Return the values of the changes of this record, which nobody may have
        deleted meanwhile past the ORM."""
        try:
            place = record._get_kept_place()
            found = []
            for name, (before, who) in old.items() if place else ():
                field = record._fields[name]
                after = self._get_kept_text(record, field)
                if before != after:
                    values = self._prepare_values(field, before, after)
                    found.append({**place, **who, **values})
        except MissingError:
            return []
        return found

    @api.model
    def _prepare_values(self, field, before, after):
        model = self.env[field.model_name]
        if field.type == "properties":
            before, after = _without_common(before, after)
        is_confidential = bool(field.groups) or model._is_kept_confidential()
        is_partner = field.model_name == "res.partner"
        return {
            "field_key": field.name if is_partner else f"{model._name}/{field.name}",
            "is_confidential": is_confidential,
            "old_value": not is_confidential and before,
            "new_value": not is_confidential and after,
        }

    @api.model
    def _without_copies(self, changes):
        """Return these without what contacts only take over from their customer: an
        address is one change, however many people work there."""
        own = {
            (one["customer_id"], one["field_key"]): one["new_value"]
            for one in changes
            if one["partner_id"] == one["customer_id"]
        }
        return [
            one
            for one in changes
            if one["partner_id"] == one["customer_id"]
            or own.get((one["customer_id"], one["field_key"])) != one["new_value"]
        ]


def _without_common(before, after):
    old, new = before.splitlines(), after.splitlines()
    return (
        "\n".join(line for line in old if line not in new),
        "\n".join(line for line in new if line not in old),
    )

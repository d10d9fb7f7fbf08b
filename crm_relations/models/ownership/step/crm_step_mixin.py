from odoo import api, models
from odoo.exceptions import AccessError

from ....tools.row_locks import lock_in
from ....tools.sentences import join_words


class CrmStepMixin(models.AbstractModel):
    """A record whose status nobody types: it follows from methods, which answer record
    by record.

    A model names the fields that only its methods write in ``_decided``.
    """

    _name = "crm.step.mixin"
    _description = "What is decided step by step"
    _inherit = ["crm.answer.mixin"]

    _decided = ()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_undecided(
                    [name for name in self._decided if vals.get(name)]
                )
            # Also what the context of a client proposes is overruled.
            undecided = self._prepare_undecided_vals()
            vals_list = [{**vals, **undecided} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_undecided([name for name in self._decided if name in vals])
        return super().write(vals)

    def _check_undecided(self, given):
        """Refuse fields that follow from methods.

        :raise AccessError: names them
        """
        if given:
            labels = [self._fields[n]._description_string(self.env) for n in given]
            raise AccessError(
                self.env._(
                    "%(fields)s: nobody types this. It follows from what you do with "
                    "the buttons.",
                    fields=join_words(self.env, labels),
                )
            )

    @api.model
    def _prepare_undecided_vals(self):
        fields = [self._fields[name] for name in self._decided]
        return {
            field.name: field.convert_to_write(
                field.default(self) if field.default else False, self
            )
            for field in fields
            if field.store and field.type != "many2many"
        }

    def _take(self, states, right):
        """Lock those of these that the caller may change and that are in one of these
        states.

        :param right: called with the records that the caller reads; returns
            ``{id: why not}`` of those that he may not change
        :return: ``{id: (code, message)}`` of what is left out, and those locked, as
            superuser: people do not write what is decided, who may was asked here
        """
        missing = self.env._("It does not exist any more.")
        no_right = self.env._("You have no right to do this here.")
        refusals = dict.fromkeys(self.ids, ("missing", missing))
        # Also what a client calls on this model itself, which has no records.
        existing = self.browse() if self._abstract else self.exists()
        known = existing._filtered_access("read")
        for number in (existing - known).ids:
            refusals[number] = ("no_right", no_right)
        denied = right(known)
        for number in known.ids:
            del refusals[number]
        refusals |= {
            number: ("no_right", message or no_right)
            for number, message in denied.items()
        }
        allowed = known.filtered(lambda record: record.id not in denied)
        taken = self.sudo().browse(lock_in(allowed, states))
        for record in allowed - self.browse(taken.ids):
            refusals[record.id] = ("blocked", record._get_blocked())
        return refusals, taken

    def _get_blocked(self):
        """Return what keeps this from being changed now, in words."""
        return self.env._(
            "It has been decided meanwhile, or somebody is changing it at this moment: "
            "look at it again."
        )

    def _leave_out(self, refusals, blocked):
        """Return these without those that something stands against.

        :param refusals: as ``_take`` returns them: those left out are added
        :param blocked: ``{id: why}``
        """
        refusals.update({number: ("blocked", why) for number, why in blocked.items()})
        return self.filtered(lambda record: record.id not in blocked)

    def _show_answers(self, answers):
        """Return what a button shows: a word where all went well, else what did not."""
        summary = self.env["crm.answer.summary"]
        told = [{**answer, "id": False} for answer in answers]
        messages = dict.fromkeys(row["message"] for row in answers if row["ok"])
        if len(messages) == 1 and all(answer["ok"] for answer in answers):
            return summary._notify(*messages)
        return summary._open_or_refuse(told)

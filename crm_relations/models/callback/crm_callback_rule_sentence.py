from odoo import api, models

from ...tools.sentences import tell_number


class CrmCallbackRule(models.Model):
    """A rule in words, while it is being typed."""

    _inherit = "crm.callback.rule"

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {
            *["trigger", "due_from_hours", "due_until_hours", "in_working_time"],
            "purpose",
        }

    def _get_sentence_words(self):
        triggers = dict(self._fields["trigger"]._description_selection(self.env))
        values = {
            "whom": self._get_audience_words(),
            "occasion": triggers.get(self.trigger, ""),
            "first": tell_number(self.due_from_hours),
            "last": tell_number(self.due_until_hours),
            "purpose": self.purpose or "…",
        }
        if self.in_working_time:
            words = self.env._(
                "%(whom)s: “%(occasion)s”, called %(first)s to %(last)s working hours "
                "after it about “%(purpose)s”.",
                **values,
            )
        else:
            words = self.env._(
                "%(whom)s: “%(occasion)s”, called %(first)s to %(last)s hours after it "
                "about “%(purpose)s”.",
                **values,
            )
        return [words, *super()._get_sentence_words()]

from odoo import api, models
from odoo.tools.misc import format_duration


class CrmCareRule(models.Model):
    """A rule in one sentence, while it is being typed."""

    _inherit = "crm.care.rule"

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {
            *["trigger", "feast", "country_id", "holiday_name"],
            *["offset_number", "offset_unit", "offset_side", "in_working_time"],
            *["time_of_day", "executor", "user_id"],
        }

    def _get_sentence_words(self):
        values = {
            "whom": self._get_audience_words(),
            "occasion": self._get_occasion_words(),
            "when": self._get_when_words(),
            "who": self._get_executor_words(),
        }
        if self.trigger == "broadcast":
            words = self.env._(
                "%(whom)s: told when somebody makes a broadcast, cared for by %(who)s.",
                **values,
            )
        else:
            words = self.env._(
                "%(whom)s: “%(occasion)s”, %(when)s, cared for by %(who)s.", **values
            )
        return [words, *super()._get_sentence_words()]

    def _get_occasion_words(self):
        """Hook: return what the rule waits for, in the reader's language."""
        self.ensure_one()
        labels = dict(self._fields["trigger"]._description_selection(self.env))
        if self.trigger == "feast" and self.feast:
            return dict(self._fields["feast"]._description_selection(self.env))[
                self.feast
            ]
        if self.trigger == "holiday":
            return self.holiday_name or self.env._(
                "public holidays of %(country)s", country=self.country_id.name or "…"
            )
        if self.trigger == "date_field" and self.field_id:
            # Superuser: names of fields are read by administrators only.
            return self.sudo().field_id.field_description
        return labels.get(self.trigger, "")

    def _get_when_words(self):
        clock = format_duration(self.time_of_day)
        if not self.offset_number:
            if self.offset_unit in ("minutes", "hours"):
                return self.env._("at that moment")
            return self.env._("on the day at %(time)s", time=clock)
        units = dict(self._fields["offset_unit"]._description_selection(self.env))
        values = {
            "number": self.offset_number,
            "unit": units[self.offset_unit].lower(),
            "time": clock,
        }
        return self._get_offset_words(values)

    def _get_offset_words(self, values):
        before = self.offset_side == "before"
        if self.offset_unit in ("minutes", "hours"):
            if self.in_working_time:
                text = (
                    self.env._("%(number)s working %(unit)s before", **values)
                    if before
                    else self.env._("%(number)s working %(unit)s after", **values)
                )
                return text
            if before:
                return self.env._("%(number)s %(unit)s before", **values)
            return self.env._("%(number)s %(unit)s after", **values)
        if self.in_working_time:
            if before:
                return self.env._(
                    "%(number)s working %(unit)s before at %(time)s", **values
                )
            return self.env._("%(number)s working %(unit)s after at %(time)s", **values)
        if before:
            return self.env._("%(number)s %(unit)s before at %(time)s", **values)
        return self.env._("%(number)s %(unit)s after at %(time)s", **values)

    def _get_executor_words(self):
        if self.executor == "user":
            return self.user_id.name or "…"
        if self.user_id:
            return self.env._("the salesperson, else %(user)s", user=self.user_id.name)
        return self.env._("the salesperson")

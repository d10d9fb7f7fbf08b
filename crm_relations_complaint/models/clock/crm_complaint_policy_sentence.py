from odoo import api, models
from odoo.tools import format_list

from odoo.addons.crm_relations.tools.sentences import join_words

AUDIENCE = ("category_ids", "tier_ids", "channel", "min_severity", "max_severity")


class CrmComplaintPolicy(models.Model):
    """What a policy says, in sentences that follow its form."""

    _inherit = "crm.complaint.policy"

    def _get_sentence_words(self):
        words = super()._get_sentence_words()
        return [*words, self._get_clock_words(), *self._get_time_words()]

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {
            *(*AUDIENCE, "line_ids", "calendar_id", "from_opening"),
        }

    @api.model
    def _get_sentence_triggers(self):
        names = ("kind_id", "target", "unit", "again_target")
        return [
            *super()._get_sentence_triggers(),
            *(f"line_ids.{name}" for name in names),
        ]

    def _get_clock_words(self):
        if not self.line_ids:
            return self.env._("%(whom)s: no clock yet.", whom=self._get_whom())
        clocks = format_list(self.env, [line._tell() for line in self.line_ids])
        return self.env._("%(whom)s: %(clocks)s.", whom=self._get_whom(), clocks=clocks)

    def _get_whom(self):
        """Return for which complaints, as the beginning of a sentence."""
        parts = []
        # Superuser: names, to who may read the policy.
        policy = self.sudo()
        if policy.category_ids:
            names = format_list(self.env, policy.category_ids.mapped("name"))
            parts.append(self.env._("about %(categories)s", categories=names))
        if words := self._get_severity_words():
            parts.append(words)
        if policy.tier_ids:
            names = format_list(self.env, policy.tier_ids.mapped("name"))
            parts.append(self.env._("of customers of tier %(tiers)s", tiers=names))
        if self.channel:
            way = dict(self._fields["channel"]._description_selection(self.env))
            parts.append(self.env._("that came by “%(way)s”", way=way[self.channel]))
        if not parts:
            return self.env._("All complaints")
        return self.env._("Complaints %(which)s", which=join_words(self.env, parts))

    def _get_severity_words(self):
        names = dict(self._fields["min_severity"]._description_selection(self.env))
        lowest, highest = self.min_severity, self.max_severity
        if lowest and lowest == highest:
            return self.env._("of severity %(severity)s", severity=names[lowest])
        if lowest and highest:
            return self.env._(
                "of severity %(lowest)s to %(highest)s",
                lowest=names[lowest],
                highest=names[highest],
            )
        if lowest:
            return self.env._("of severity %(lowest)s or more", lowest=names[lowest])
        if highest:
            return self.env._("of severity %(highest)s or less", highest=names[highest])
        return ""

    def _get_time_words(self):
        words = []
        if self.calendar_id:
            name = self.calendar_id.name
            words.append(
                self.env._("Working time is that of %(calendar)s.", calendar=name)
            )
        if self.from_opening:
            words.append(self.env._("After hours counts as the next working day."))
        return words

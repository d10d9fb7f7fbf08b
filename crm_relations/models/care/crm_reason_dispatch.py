from odoo import models


class CrmReason(models.AbstractModel):
    """Why care was put off, dropped, missed, or came another way than planned."""

    _inherit = "crm.reason"

    def _sentence_care_archived(self, facts):
        return self.env._("Dropped: the rule or the customer has been archived.")

    def _sentence_care_refused(self, facts):
        return self.env._(
            "Dropped: does not want this (%(channel)s), or is on the blacklist.",
            channel=self._get_channel_name(facts),
        )

    def _sentence_care_skipped(self, facts):
        return self.env._(
            "Missed: it should have come up so long ago that it was skipped."
        )

    def _sentence_care_missed(self, facts):
        return self.env._("Missed: not done long after its time limit.")

    def _sentence_care_paused(self, facts):
        if facts.get("is_end"):
            return self.env._(
                "Dropped: something serious is still open with this customer."
            )
        return self.env._(
            "Put off to %(when)s: something serious is open with this customer.",
            when=self._format_put_off(facts),
        )

    def _sentence_care_quiet(self, facts):
        return self.env._(
            "Put off to %(when)s by the customer's clock: quiet hours.",
            when=self._format_put_off(facts),
        )

    def _sentence_care_crowded(self, facts):
        if facts.get("is_end"):
            return self.env._(
                "Dropped: more important care reaches the customer on that day."
            )
        return self.env._(
            "Put off to %(when)s: more important care reaches the customer "
            "on that day.",
            when=self._format_put_off(facts),
        )

    def _sentence_care_no_number(self, facts):
        if facts.get("channel") == "callback":
            return self.env._(
                "An activity instead of a callback: there is no valid phone number."
            )
        return self.env._(
            "An activity instead of a text message: there is no valid phone number."
        )

    def _sentence_care_no_mail(self, facts):
        return self.env._(
            "An activity instead of an e-mail: there is no valid e-mail address."
        )

    def _sentence_care_no_provider(self, facts):
        return self.env._(
            "An activity instead of a text message: the settings name no provider of "
            "text messages."
        )

    def _sentence_care_failed(self, facts):
        return self.env._("Failed: %(error)s", error=facts.get("error") or "")

    def _sentence_care_dropped_by(self, facts):
        user = self._get_linked(facts, "user")
        if facts.get("text"):
            return self.env._(
                "Dropped by %(user)s: %(text)s",
                user=user.name or "",
                text=facts["text"],
            )
        return self.env._("Dropped by %(user)s.", user=user.name or "")

    def _sentence_care_postponed(self, facts):
        user = self._get_linked(facts, "user")
        return self.env._(
            "Put off by %(user)s to %(when)s.",
            user=user.name or "",
            when=self.env.user._tell_moment(facts.get("to")),
        )

    def _get_channel_name(self, facts):
        rules = self.env["crm.care.rule"]
        channels = dict(rules._fields["channel"]._description_selection(self.env))
        return channels.get(facts.get("channel"), "")

    def _format_put_off(self, facts):
        """Return day and hour by the clock of the customer."""
        return f"{self._format_day(facts.get('day'))} {facts.get('time') or ''}"

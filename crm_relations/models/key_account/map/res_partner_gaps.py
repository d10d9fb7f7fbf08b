from odoo import models

from ....tools.counted import tell_days
from .res_partner import TOP

MOST_GAPS = 12
# From here on the word of a person counts whatever its role: high, very high.
HIGH_INFLUENCE = 4
AGAINST = ("opponent", "sceptic")


class ResPartner(models.Model):
    """What is missing at the top of a customer, in words."""

    _inherit = "res.partner"

    def _get_map_gaps(self, persons, is_open, days):
        """Return ``[{"text", "is_grave", "person"}]``, the gravest first.

        :param is_open: whether the caller reads roles and attitudes
        """
        if not persons:
            return []
        gaps = []
        if is_open:
            gaps += self._get_missing_roles(persons)
            for person in persons:
                gaps += self._get_gaps_of(person, days)
        gaps.sort(key=lambda gap: not gap["is_grave"])
        left = len(gaps) - MOST_GAPS
        if left > 0:
            more = self.env._("and %(count)s more", count=left)
            gaps = [*gaps[:MOST_GAPS], self._make_gap(more)]
        return gaps + self._get_silence(persons, days)

    def _make_gap(self, text, is_grave=False, person=None):
        return {
            "text": text,
            "is_grave": is_grave,
            "person": person["id"] if person else False,
        }

    def _get_missing_roles(self, persons):
        there = {person["role_key"] for person in persons}
        words = {
            "decider": self.env._("Nobody is known who decides."),
            "influencer": self.env._("Nobody is known who influences the decision."),
            "buyer": self.env._("Nobody is known who buys."),
        }
        return [
            self._make_gap(word, is_grave=role == "decider")
            for role, word in words.items()
            if role not in there
        ]

    def _get_gaps_of(self, person, days):
        """Return what is wrong with a person at the top; nothing of the others."""
        is_top = person["role_key"] in TOP or person["influence"] >= HIGH_INFLUENCE
        if not is_top:
            return []
        who = person["name"] or ""
        if person["role"]:
            who = self.env._("%(person)s (%(role)s)", person=who, role=person["role"])
        texts = [
            self._get_contact_gap(who, person, days),
            self._get_attitude_gap(who, person),
        ]
        grave = person["role_key"] == "decider"
        return [self._make_gap(text, grave, person) for text in texts if text]

    def _get_attitude_gap(self, who, person):
        """Return in words that the attitude is against us or not known, or None."""
        if not person["attitude_key"]:
            return self.env._("%s: the attitude to us is not known.", who)
        if person["attitude_key"] not in AGAINST:
            return None
        return self.env._(
            "%(who)s is not on our side: %(attitude)s.",
            who=who,
            attitude=person["attitude"],
        )

    def _get_contact_gap(self, who, person, days):
        """Return in words that nobody of ours is in touch, or None."""
        if not self._may_read_contacts():
            return None
        if person["days"] is None:
            return self.env._("%s: nobody of us has spoken with this person yet.", who)
        if person["is_known_by_left"]:
            return self.env._("%s is known only to colleagues who have left us.", who)
        if person["days"] > days:
            return self.env._(
                "%(who)s: the last contact was %(days)s ago.",
                who=who,
                days=tell_days(self.env, person["days"]),
            )
        return None

    def _get_silence(self, persons, days):
        silent = sum(person["is_silent"] for person in persons)
        if not silent or not self._may_read_contacts():
            return []
        return [
            self._make_gap(
                self.env._(
                    "Persons not in touch for more than %(days)s, or never: "
                    "%(count)s of %(all)s.",
                    days=tell_days(self.env, days),
                    count=silent,
                    all=len(persons),
                )
            )
        ]

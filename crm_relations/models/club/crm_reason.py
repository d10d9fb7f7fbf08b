from odoo import models


class CrmReason(models.AbstractModel):
    """What happened to a membership."""

    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {
            "club": "crm.club",
            "club_member": "res.partner",
            "club_level/level": "crm.club.level",
            "club_state/level": "crm.club.level",
        }

    def _sentence_club_state(self, facts):
        tell = getattr(self, f"_club_{facts.get('kind')}", None)
        return tell(self._get_club_names(facts)) if tell else ""

    def _get_club_names(self, facts):
        """Return what sentences of a membership name, "" for what is not there."""
        links = {
            "club": "club",
            "member": "club_member",
            "user": "user",
            "level": "level",
        }
        return {
            "until": self._format_day(facts.get("until")),
            "note": facts.get("note") or "",
            **{
                name: self._get_linked(facts, key).name or ""
                for name, key in links.items()
            },
        }

    def _care_event_club_end(self, values):
        return self.env._("The club membership ends after %(when)s.", **values)

    def _club_invited(self, names):
        if not names["user"]:
            return self.env._(
                "%(member)s was invited to the club %(club)s by a care rule.", **names
            )
        return self.env._("%(user)s invited %(member)s to the club %(club)s.", **names)

    def _club_joined(self, names):
        return self.env._("%(member)s joined the club %(club)s.", **names)

    def _club_suspended(self, names):
        return self.env._(
            "%(user)s suspended the membership of %(member)s: the card neither earns "
            "nor spends points.",
            **names,
        )

    def _club_resumed(self, names):
        return self.env._("%(user)s resumed the membership of %(member)s.", **names)

    def _club_renewed(self, names):
        if not names["until"]:
            return self.env._(
                "%(user)s renewed the membership of %(member)s without an end.", **names
            )
        return self.env._(
            "%(user)s renewed the membership of %(member)s until %(until)s.", **names
        )

    def _club_ended(self, names):
        return self.env._("%(user)s ended the membership of %(member)s.", **names)

    def _club_expired(self, names):
        return self.env._(
            "The membership of %(member)s was valid until %(until)s and has not been "
            "renewed.",
            **names,
        )

    def _club_merged(self, names):
        return self.env._(
            "%(member)s was merged with another member: the older membership goes on.",
            **names,
        )

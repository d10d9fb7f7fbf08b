from odoo import models

from ...tools.birthdays import LUNAR
from ...tools.counted import tell_years


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {
            "person": "res.partner",
            "member": "crm.person.family.member",
            "line": "crm.care.rule.date",
        }

    def _sentence_care_birthday(self, facts):
        person = self._get_linked(facts, "person")
        values = {
            "person": person.name or "",
            "day": self._format_day(facts.get("day")),
            "month": facts.get("month"),
            "number": facts.get("date"),
            "age": (facts.get("year") or 0) - (facts.get("born") or 0),
        }
        if facts.get("calendar") == LUNAR and facts.get("leap"):
            return self.env._(
                "%(person)s has a lunar birthday (leap month %(month)s, day "
                "%(number)s), this year on %(day)s.",
                **values,
            )
        if facts.get("calendar") == LUNAR:
            return self.env._(
                "%(person)s has a lunar birthday (month %(month)s, day %(number)s), "
                "this year on %(day)s.",
                **values,
            )
        if facts.get("born"):
            return self.env._("%(person)s turns %(age)s on %(day)s.", **values)
        return self.env._("%(person)s has a birthday on %(day)s.", **values)

    def _sentence_care_family(self, facts):
        member = self._get_linked(facts, "member")
        person = self._get_linked(facts, "person")
        relations = member._fields["relation"]._description_selection(self.env)
        values = {
            "member": member.name or "",
            "person": person.name or "",
            "relation": dict(relations).get(facts.get("relation"), ""),
            "day": self._format_day(facts.get("day")),
            "age": (facts.get("year") or 0) - (facts.get("born") or 0),
        }
        if facts.get("born"):
            return self.env._(
                "%(member)s (%(relation)s of %(person)s) turns %(age)s on %(day)s.",
                **values,
            )
        return self.env._(
            "%(member)s (%(relation)s of %(person)s) has a birthday on %(day)s.",
            **values,
        )

    def _sentence_care_anniversary(self, facts):
        values = {
            "years": tell_years(self.env, int(facts.get("years") or 0)),
            "day": self._format_day(facts.get("day")),
        }
        trigger = facts.get("trigger")
        if trigger == "founded":
            return self.env._(
                "Founded %(years)s ago: anniversary on %(day)s.", **values
            )
        if trigger == "first_order":
            return self.env._(
                "First order %(years)s ago: anniversary on %(day)s.", **values
            )
        return self.env._(
            "Dealing with us for %(years)s: anniversary on %(day)s.", **values
        )

    def _sentence_care_day(self, facts):
        local = (self.env.lang or "").startswith("zh") and facts.get("local")
        return self.env._(
            "%(name)s is on %(day)s.",
            name=local or facts.get("name") or "",
            day=self._format_day(facts.get("day")),
        )

    def _sentence_care_feast(self, facts):
        feasts = self.env["crm.care.rule"]._fields["feast"]
        labels = dict(feasts._description_selection(self.env))
        return self.env._(
            "%(name)s is on %(day)s.",
            name=labels.get(facts.get("feast"), ""),
            day=self._format_day(facts.get("day")),
        )

    def _sentence_care_own_date(self, facts):
        line = self._get_linked(facts, "line")
        return self.env._(
            "%(name)s is on %(day)s.",
            name=line.name or facts.get("name") or "",
            day=self._format_day(facts.get("day")),
        )

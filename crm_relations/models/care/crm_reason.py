from odoo import models

from ...tools.birthdays import LUNAR


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _sentence_care_birthday(self, facts):
        person = self._browse_named("res.partner", facts.get("person"))
        values = {
            "person": person.name or "",
            "day": self._format_day(facts.get("day")),
            "month": facts.get("month"),
            "number": facts.get("number"),
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

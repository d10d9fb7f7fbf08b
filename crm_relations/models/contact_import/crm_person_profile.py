from odoo import api, models


class CrmPersonProfile(models.Model):
    _name = "crm.person.profile"
    _inherit = ["crm.person.profile", "crm.import.template.mixin"]

    @api.model
    def _get_template_name(self):
        return self.env._("Persons with their profile")

    @api.model
    def _get_template_columns(self):
        return {
            "partner_id": "Li Wei",
            **dict.fromkeys(
                ("decision_role", "influence", "attitude", "relationship"), None
            ),
            "preferred_channel": None,
            "preferred_time": "9:00 - 11:00",
            "birth_calendar": None,
            **{"birth_year": "1980", "birth_month": "5", "birth_day": "6"},
            **dict.fromkeys(("personality", "interests", "hobbies"), ""),
            **dict.fromkeys(("education", "career", "abilities", "taboos"), ""),
        }

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.local_moments import local_day
from odoo.addons.crm_relations.tools.what_next import MESSAGE_DAYS

from ..register.crm_complaint import OPEN

# As much as an unanswered message: who complains waits for an answer, too. While a
# serious complaint is open the officer speaks with the customer: it is in no list.
WEIGHT = SQL("0.7::float8")


class CrmNextContact(models.Model):
    """Who complains waits for us: a sign that the customer may be lost."""

    _inherit = "crm.next.contact"
    _depends = {"crm.complaint": ["partner_id", "state", "registered_at"]}

    @api.model
    def _get_waiting_signs(self):
        return (*super()._get_waiting_signs(), "complaint")

    def _get_known_columns(self):
        return super()._get_known_columns() | {
            "complaint_age": SQL(
                """
                (SELECT own.today - %(day)s
                   FROM crm_complaint AS complaint
                  WHERE complaint.partner_id = partner.id
                    AND complaint.state IN %(open)s)
                """,
                day=local_day(SQL("min(complaint.registered_at)"), SQL("own.tz")),
                open=OPEN,
            ),
        }

    def _get_signs(self):
        age = SQL("known.complaint_age")
        return super()._get_signs() | {"complaint": self._rise(age, 1, MESSAGE_DAYS)}

    def _get_weight_sql(self, name):
        return WEIGHT if name == "complaint" else super()._get_weight_sql(name)

    def _get_facts_columns(self):
        return super()._get_facts_columns() | {
            "complaint_age": SQL("known.complaint_age"),
        }

from odoo import models
from odoo.tools import SQL


class CrmPersonFamilyMember(models.Model):
    _name = "crm.person.family.member"
    _inherit = ["crm.person.family.member", "crm.confidential.mixin"]

    def _get_customers_of_sql(self):
        return SQL(
            """
            SELECT member.id, profile.customer_id
              FROM crm_person_family_member AS member
              JOIN crm_person_profile AS profile ON profile.id = member.profile_id
             WHERE member.id = ANY(%s)
            """,
            self.ids,
        )

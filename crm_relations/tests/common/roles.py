from odoo.tests import new_test_user

from .relations import RelationsCommon

ROLES = {
    "reader": "crm_relations.group_user",
    "sales": "crm_relations.group_sales_user",
    "leader": "crm_relations.group_sales_manager",
    "custodian": "crm_relations.group_custodian",
    "agent": "crm_relations.group_callback_agent",
    "relations": "crm_relations.group_relations_manager",
    "admin": "crm_relations.group_administrator",
}


class EveryRoleCase(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"every_{role}", groups=group)
            for role, group in ROLES.items()
        }

from odoo import api, models
from odoo.tools import SQL

ROLE_OF = {
    "sales_team.group_sale_salesman": "crm_relations.group_sales_user",
    "sales_team.group_sale_manager": "crm_relations.group_sales_manager",
}


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model
    def _give_relations_roles(self):
        """Give whoever sells the role that goes with it.

        By SQL: written as a field, Odoo would judge each user and each contact of one
        anew, to find that nobody has become external, and an installation would fail
        where somebody is just writing one of them.
        """
        for seller, role in ROLE_OF.items():
            self._imply_role(seller, role)

    @api.model
    def _imply_role(self, group, role):
        """Let a group imply a role that only adds to what its users may.

        :param group: external id of the group that implies
        :param role: external id of the group that is implied
        """
        self.env.cr.execute(
            SQL(
                "INSERT INTO res_groups_implied_rel (gid, hid) VALUES (%s, %s)"
                " ON CONFLICT DO NOTHING",
                self.env.ref(group).id,
                self.env.ref(role).id,
            )
        )
        self.invalidate_model(["implied_ids", "implied_by_ids"])
        self.env.registry.clear_cache("groups")

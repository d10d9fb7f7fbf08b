from ast import literal_eval

from odoo import api, models


class ResPartner(models.Model):
    """Lists of customers begin with the own ones of who has any."""

    _inherit = "res.partner"

    @api.model
    def _open_mine_first(self, xmlid):
        """Return this window action, which begins with the caller's customers; to who
        has none, such as a custodian or the leader of a team, it shows all."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        own = [("is_managed_customer", "=", True), ("user_id", "=", self.env.uid)]
        context = literal_eval(action["context"] or "{}")
        if not self.search_count(own, limit=1):
            context.pop("search_default_mine", None)
        return action | {"context": context}

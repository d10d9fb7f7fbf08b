from odoo import models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """Documents of the own customers that are missing or expire."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.document.due"].has_access("read"):
            return cards
        mine = Domain("owner_id", "in", users.ids) & Domain("is_required", "=", True)
        return [*cards, self._prepare_document_card(mine)]

    def _prepare_document_card(self, domain, **values):
        return self._prepare_card(
            **{
                "key": "documents",
                "column": "week",
                "title": self.env._("Documents missing or expiring"),
                "model": "crm.document.due",
                "domain": domain,
                "order": "expires_on, customer_id, kind_id, id",
                "icon": "fa-files-o",
                "action": "crm_relations.crm_document_due_action",
                "user": "owner_id",
                "partner": "customer_id",
                "date": "expires_on",
                "detail": "kind_name",
                "is_optional": True,
                "in_digest": True,
                "acts": [
                    self._prepare_act("action_get", self.env._("Add"), "fa-camera")
                ],
                **values,
            }
        )

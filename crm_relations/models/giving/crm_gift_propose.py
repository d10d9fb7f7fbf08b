from odoo import api, models

BIRTHDAY = "crm_relations.crm_gift_occasion_birthday"


class CrmGift(models.Model):
    """What to give: the best of the catalogue that the recipient has not got yet, is
    below the limit of a gift and in stock. It is judged when it is given."""

    _inherit = "crm.gift"

    @api.model
    def _propose(self, tasks):
        """Make a draft for each of these care tasks for which the catalogue has
        something, as superuser; the number of statements does not grow with them."""
        tasks -= self.search([("care_task_id", "in", tasks.ids)]).care_task_id
        items = (
            self.env["crm.gift.item"].search([("active", "=", True)]) if tasks else []
        )
        if not items:
            return self
        recipients = tasks.person_id | tasks.partner_id
        got = self.search(
            [("recipient_id", "in", recipients.ids), ("state", "!=", "refused")]
        ).grouped("recipient_id")
        limits = self.env["crm.gift.limit"]._get_limits()
        birthday = self.env.ref(BIRTHDAY, raise_if_not_found=False)
        vals_list = []
        for task in tasks:
            recipient = task.person_id or task.partner_id
            suited = items.filtered(lambda item, task=task: item._suits(task, birthday))
            item = self._choose(suited, task, got.get(recipient, self).item_id, limits)
            if item:
                vals_list.append(self._prepare_proposal_vals(task, recipient, item))
        return self.create(vals_list)

    @api.model
    def _choose(self, items, task, got, limits):
        """Return the first of these items that fits, or nothing."""
        company = task.partner_id._get_relation_company()
        official = (
            task.partner_id.nature_id.is_official
            or task.person_id.nature_id.is_official
        )
        limit = self.env["crm.gift.limit"]._get_lowest(
            limits, "gift", company, official
        )
        for item in items.filtered(lambda item: item._is_there_for(company)):
            known = any(one._is_same_as(item) for one in got)
            if not known and (limit is None or item._get_value_in(company) <= limit):
                return item
        return None

    @api.model
    def _prepare_proposal_vals(self, task, recipient, item):
        return {
            "partner_id": task.partner_id.id,
            "recipient_id": recipient.id,
            "item_id": item.id,
            "user_id": task.user_id.id,
            "reason": task.rule_id.name,
            "care_task_id": task.id,
        }

from odoo import models


class MergePartnerWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._merge_care_tasks(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _merge_care_tasks(self, src_partners, dst_partner):
        """Drop the tasks that would stand twice once persons and customers are one;
        the one that has come further stays."""
        partners = src_partners | dst_partner
        # Superuser: who merges need not be one who may write care.
        tasks = (
            self.env["crm.care.task"]
            .sudo()
            .search(
                [
                    "|",
                    ("partner_id", "in", partners.ids),
                    ("person_id", "in", partners.ids),
                ],
                order="state, id",
            )
        )
        seen, twins = {}, {}
        for task in tasks:
            partner, person = (
                dst_partner if found in src_partners else found
                for found in (task.partner_id, task.person_id)
            )
            key = (task.rule_id, partner, person, task.occasion)
            if key in seen:
                twins[task.id] = seen[key].id
                continue
            seen[key] = task
            # Two customers may have been reached on one day; one is once.
            touch = (partner, task.touch_date)
            if task.touch_date and touch in seen:
                task.touch_date = False
            seen[touch] = task
        tasks.browse(twins).activity_id.unlink()
        self._drop_twins("crm.care.task", twins)

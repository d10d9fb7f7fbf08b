from odoo import models


class CrmSatisfactionStudy(models.Model):
    """A copy has the same tree and the same questions; answers and waves stay."""

    _inherit = "crm.satisfaction.study"

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        if default and "name" in default:
            return vals_list
        return [
            {**vals, "name": self.env._("%s (copy)", study.name)}
            for study, vals in zip(self, vals_list, strict=True)
        ]

    def copy(self, default=None):
        copies = super().copy(default)
        for study, copied in zip(self, copies, strict=True):
            factors = study.factor_ids._copy_to(copied)
            items = study.item_ids
            vals_list = [
                {**vals, "factor_id": factors.get(vals.get("factor_id"))}
                for vals in items.copy_data({"study_id": copied.id})
            ]
            items.create(vals_list)
        return copies

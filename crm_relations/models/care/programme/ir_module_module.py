from odoo import models


class IrModuleModule(models.Model):
    """A language that is loaded later translates what was made from a preset before."""

    _inherit = "ir.module.module"

    def _update_translations(self, filter_lang=None, overwrite=False):
        result = super()._update_translations(filter_lang, overwrite)
        if "crm_relations" in self.mapped("name"):
            self.env["crm.care.programme.line"]._learn_words()
        return result

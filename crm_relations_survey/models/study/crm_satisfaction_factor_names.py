from odoo import models

from ...tools.names import get_key


class CrmSatisfactionFactor(models.Model):
    """How a factor is told again under the names that it had."""

    _inherit = "crm.satisfaction.factor"

    def _get_by_names(self):
        """Return ``{key: factor}`` by code, name in each language and alias; a key
        that several factors share is left out."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        found = {}
        for factor in self:
            names = {factor.with_context(lang=code).name for code in languages}
            names |= {factor.code, *(factor.aliases or "").splitlines()}
            for name in filter(None, names):
                found.setdefault(get_key(name), set()).add(factor.id)
        return {
            key: self.browse(ids) for key, ids in found.items() if key and len(ids) == 1
        }

    def _remember(self, name):
        """Remember that the factor is called this elsewhere."""
        for factor in self:
            known = (factor.aliases or "").splitlines()
            if get_key(name) not in map(get_key, known):
                factor.aliases = "\n".join([*known, name.strip()])

    def _copy_to(self, study):
        """Copy the factors to another study; return ``{id: id of its copy}``."""
        copies = {False: False}
        level = self.filtered(lambda one: one.parent_id not in self)
        while level:
            made = level.copy({"study_id": study.id, "parent_id": False})
            for factor, copied in zip(level, made, strict=True):
                copied.parent_id = copies.get(factor.parent_id.id, False)
                copies[factor.id] = copied.id
            level = self.filtered(lambda one, level=level: one.parent_id in level)
        return copies

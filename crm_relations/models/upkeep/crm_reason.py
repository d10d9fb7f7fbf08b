from odoo import api, models


class CrmReason(models.AbstractModel):
    """Why somebody keeps the archive of a customer."""

    _inherit = "crm.reason"

    @api.model
    def _get_fact_links(self):
        return super()._get_fact_links() | {"custodian_rule": "crm.custodian.rule"}

    def _sentence_custodian(self, facts):
        return self.env._(
            "%(person)s keeps this archive: the first rule that fits is “%(rule)s”.",
            person=self._get_linked(facts, "user").name or "",
            rule=self._get_linked(facts, "custodian_rule").name or "",
        )

from odoo import models


class CrmRequestMixin(models.AbstractModel):
    """Whoever has asked is told how it was decided."""

    _inherit = "crm.request.mixin"

    def _tell_askers(self, name, path):
        """Tell who has asked for these, one message a person, in its language.

        :param name: the field with who has asked
        :param path: the page that the message leads to
        """
        for asker, some in self.grouped(name).items():
            told = some.with_context(lang=asker.lang)
            self.env["crm.pool.stay"]._tell_of(
                some.partner_id,
                asker,
                told._get_decision_subject(),
                some[0].refusal_reason or "",
                path,
            )

    def _get_decision_subject(self):
        """Hook: return how these were decided, all in one way."""
        return ""

from odoo import models
from odoo.tools import SQL, format_list


class ResPartner(models.Model):
    """The first page of a customer says which documents are missing or expire."""

    _inherit = "res.partner"

    def _get_overview_parts(self):
        parts = super()._get_overview_parts()
        due = self.env["crm.document.due"]
        if not due.has_access("read"):
            return {**parts, "documents": []}
        query = due._search([("customer_id", "=", self.id), ("is_required", "=", True)])
        line = SQL(
            """
            jsonb_build_object(
                'missing', count(*) FILTER (WHERE state = 'missing'),
                'expired', count(*) FILTER (WHERE state = 'expired'),
                'expiring', count(*) FILTER (WHERE state = 'expiring')) AS line
            """
        )
        return {**parts, "documents": [query.select(line)]}

    def _tell_overview(self, found):
        told = super()._tell_overview(found)
        documents = found["documents"][0] if found["documents"] else {}
        words = {
            "missing": self.env._("%s missing", documents.get("missing")),
            "expired": self.env._("%s expired", documents.get("expired")),
            "expiring": self.env._("%s expiring", documents.get("expiring")),
        }
        parts = [words[code] for code in words if documents.get(code)]
        if not parts:
            return told
        line = {
            "code": "documents",
            "label": self.env._("Documents"),
            "value": format_list(self.env, parts),
            "why": "",
        }
        return {**told, "conclusions": [*told["conclusions"], line]}

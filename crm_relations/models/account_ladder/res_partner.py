from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """On which steps a key account stands, shown to who works with it."""

    _inherit = "res.partner"

    account_steps = fields.Html(
        string="Levels and Milestones",
        compute="_compute_account_steps",
        sanitize=False,
    )

    @api.depends("is_managed_customer")
    @api.depends_context("lang", "uid")
    def _compute_account_steps(self):
        standings = self.env["crm.account.standing"]
        found = {}
        if self._origin.ids and self._shows_account_steps():
            found = standings.search([("partner_id", "in", self._origin.ids)]).grouped(
                "partner_id"
            )
        for partner in self:
            own = found.get(partner._origin)
            partner.account_steps = own and self.env["ir.qweb"]._render(
                "crm_relations.crm_account_steps", {"standings": own}
            )

    @api.model
    def _shows_account_steps(self):
        """Tell whether any company uses a ladder that the caller may look at."""
        return bool(
            self.env["crm.account.ladder"]._get_used_ids()
            and self.env["crm.account.standing"].has_access("read")
        )

    def _get_overview_parts(self):
        parts = super()._get_overview_parts()
        if not self._shows_account_steps():
            return parts
        # With the rights of the reader.
        standings = self.env["crm.account.standing"]._search(
            [("partner_id", "=", self.id)]
        )
        found = SQL(
            """
            SELECT jsonb_build_object('code', 'account_ladder', 'facts', facts) AS line
              FROM crm_account_standing WHERE id IN %s
            """,
            standings.subselect(),
        )
        return {**parts, "conclusions": [*parts["conclusions"], found]}

    def _tell_overview(self, found):
        told = super()._tell_overview(found)
        renderer = self.env["crm.reason"]
        for line in found["conclusions"]:
            if line["code"] != "account_ladder":
                continue
            ladder = renderer._get_linked(line["facts"], "ladder")
            step = renderer._get_linked(line["facts"], "step")
            told["conclusions"].append(
                {
                    "code": f"account_{ladder.kind}",
                    "label": ladder.name,
                    "value": step.name or "–",
                    "why": renderer._get_sentence(line["facts"]),
                    "field": False,
                }
            )
        return told

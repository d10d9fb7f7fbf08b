from odoo import api, fields, models


class CrmDecisionMixin(models.AbstractModel):
    """One line of a ledger of decisions: who, when, why.

    The facts are stored, the sentence is rendered when read. Lines are written by
    the rooms in the same statement as the change and are never edited afterwards.
    """

    _name = "crm.decision.mixin"
    _description = "Line of a decision ledger"
    _inherit = ["crm.customer.line.mixin"]
    _order = "decided_at desc, id desc"
    _rec_name = "partner_id"

    decided_at = fields.Datetime(
        string="Decided on",
        required=True,
        readonly=True,
        index=True,
        default=fields.Datetime.now,
    )
    facts = fields.Json(readonly=True)
    reason = fields.Char(compute="_compute_reason")

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_reason(self):
        renderer = self.env["crm.reason"]
        renderer._look_ahead(self.mapped("facts"))
        for line in self:
            line.reason = renderer._get_sentence(line.facts)

    def _get_history_values(self):
        """Return what the line changed, as words: (from, to)."""
        return ("", "")

    def _get_history_line(self):
        """Return what the timeline of the customer shows of this line: date, title,
        text, by."""
        self.ensure_one()
        old, new = self._get_history_values()
        return {
            "date": self.partner_id._format_history_moment(self.decided_at),
            "title": f"{old or '–'} → {new or '–'}",
            "text": self.reason,
            "by": "",
        }

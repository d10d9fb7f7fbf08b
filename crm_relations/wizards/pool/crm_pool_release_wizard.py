from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.sentences import join_label


class CrmPoolReleaseWizard(models.TransientModel):
    """Ask why, show where they would go, and release."""

    _name = "crm.pool.release.wizard"
    _description = "Release customers into the pool"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    reason_id = fields.Many2one(
        comodel_name="crm.pool.reason",
        help="Chosen from a list that administrators keep. Or say it in the note.",
    )
    note = fields.Char(help="Kept in the history of the customer.")
    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Into Pool",
        domain=lambda self: [("id", "in", self.env["crm.pool"]._get_of_user().ids)],
        help="Empty: each customer goes into the pool of its territory. You choose of "
        "the pools that you use.",
    )
    may_choose_pool = fields.Boolean(compute="_compute_may_choose_pool")
    preview = fields.Char(compute="_compute_preview")
    stays_because = fields.Text(string="Why Not", compute="_compute_preview")

    @api.depends_context("uid")
    def _compute_may_choose_pool(self):
        self.may_choose_pool = (
            len(self.env["crm.pool"]._get_of_user().filtered("active")) > 1
        )

    @api.depends("partner_ids", "pool_id")
    @api.depends_context("lang")
    def _compute_preview(self):
        """Say how many go where, and how many stay, and why."""
        moves = self.env["crm.pool.move.wizard"]
        for wizard in self:
            partners = wizard.partner_ids._origin
            refusals = partners._get_release_refusals("-")
            free = partners.filtered(lambda p, kept=refusals: p.id not in kept)
            pools, no_pool = free._get_pools_to_release_into(wizard.pool_id.id)
            staying = refusals | no_pool
            wizard.preview = moves._get_preview(pools, len(staying))
            wizard.stays_because = moves._tell_why(staying)

    def _get_reason(self):
        reason, note = self.reason_id.name, (self.note or "").strip()
        return join_label(self.env, reason, note) if reason and note else reason or note

    def action_apply(self):
        self.ensure_one()
        reason = self._get_reason()
        if not reason:
            raise ValidationError(self.env._("Choose a reason, or write one."))
        answers = self.partner_ids.pool_release(reason, self.pool_id.id)
        return self.env["crm.answer.summary"]._open(answers, self.env._("Release"))

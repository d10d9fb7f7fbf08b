from odoo import api, fields, models

from ...tools.sentences import join_words

MOST_REASONS = 5


class CrmPoolMoveWizard(models.TransientModel):
    """Ask into which pool, show how many go where, and move."""

    _name = "crm.pool.move.wizard"
    _description = "Move customers to another pool"

    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Into Pool",
        help="Empty: each customer goes into the pool of its territory.",
    )
    note = fields.Char(help="Kept in the history of the customer.")
    preview = fields.Char(compute="_compute_preview")
    stays_because = fields.Text(string="Why Not", compute="_compute_preview")

    @api.depends("partner_ids", "pool_id")
    @api.depends_context("lang")
    def _compute_preview(self):
        for wizard in self:
            partners = wizard.partner_ids._origin
            refusals, pools = partners._get_move_plan(wizard.pool_id.id)
            wizard.preview = self._get_preview(pools, len(refusals))
            wizard.stays_because = self._tell_why(refusals)

    @api.model
    def _get_preview(self, pools, staying):
        """Return how many go where and how many stay, as a line.

        :param pools: ``{customer id: id of the pool}``
        """
        counts = {}
        for pool in pools.values():
            counts[pool] = counts.get(pool, 0) + 1
        # Superuser: the names of pools that customers of one's own go to.
        parts = [
            self.env._("%(what)s: %(count)s", what=pool.name, count=counts[pool.id])
            for pool in self.env["crm.pool"].sudo().browse(counts)
        ]
        if staying:
            parts.append(self.env._("not possible: %(count)s", count=staying))
        return join_words(self.env, parts)

    @api.model
    def _tell_why(self, refusals):
        """Return why those stay who cannot go, each reason once, a line each.

        :param refusals: ``{customer id: (code, message)}``
        """
        reasons = dict.fromkeys(message for _code, message in refusals.values())
        return "\n".join(list(reasons)[:MOST_REASONS])

    def action_apply(self):
        self.ensure_one()
        answers = self.partner_ids.pool_move(self.pool_id.id, self.note)
        return self.env["crm.answer.summary"]._open(answers, self.env._("Move"))

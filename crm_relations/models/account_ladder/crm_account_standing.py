from odoo import api, fields, models


class CrmAccountStanding(models.Model):
    """Where a customer stands on a ladder, as of last night or of the last time that
    somebody looked: written by the ladder, never by hand."""

    _name = "crm.account.standing"
    _description = "Standing of a key account"
    _inherit = ["crm.customer.line.mixin"]
    _order = "ladder_id, level, id"
    _log_access = False
    _rec_name = "partner_id"

    ladder_id = fields.Many2one(
        comodel_name="crm.account.ladder",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(related="ladder_id.kind")
    step_id = fields.Many2one(
        comodel_name="crm.account.ladder.step",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    level = fields.Integer(
        string="Height of the Step",
        readonly=True,
        aggregator="avg",
        help="How high the step is, counted from below; 0: none is reached.",
    )
    since = fields.Date(readonly=True)
    facts = fields.Json(readonly=True, export_string_translation=False)
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    next_step_id = fields.Many2one(
        comodel_name="crm.account.ladder.step", compute="_compute_next"
    )
    next_advice = fields.Char(
        string="What to Do Next",
        compute="_compute_next",
        help="What the next step still asks for.",
    )
    why = fields.Json(string="Why This Step", compute="_compute_next")

    _customer_uniq = models.UniqueIndex(
        "(partner_id, ladder_id)", "A customer stands on a ladder once."
    )

    @api.depends("facts", "step_id")
    @api.depends_context("lang", "uid")
    def _compute_next(self):
        renderer = self.env["crm.reason"]
        for one in self:
            following, missing = renderer._get_next_step(one.facts or {})
            one.next_step_id = following
            one.next_advice = renderer._tell_advice(missing)
            one.why = renderer._explain(one.facts, rule=one.ladder_id, since=one.since)

    def _get_step_lines(self):
        """Return what the customer's page shows of each step, the highest first."""
        self.ensure_one()
        renderer = self.env["crm.reason"]
        titles = {True: self.env._("Met"), False: self.env._("Missing")}
        # Superuser: the names of steps are no secret to who reads the standing.
        ladder = self.sudo().ladder_id
        lines = []
        for level, step in enumerate(ladder.step_ids.sorted(), 1):
            reached = level <= self.level
            lines.insert(
                0,
                {
                    "name": step.name,
                    "reached": reached,
                    "title": titles[reached],
                    "is_here": level == self.level,
                    "since": self.env.user._tell_day(self.since),
                    "proofs": [
                        (text, met, titles[met])
                        for _one, text, met in renderer._get_proofs(self.facts, step)
                    ],
                },
            )
        return lines

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

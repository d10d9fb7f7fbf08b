from odoo import api, fields, models


class LoyaltyHistory(models.Model):
    """Which rule gave points, and how they are taken back."""

    _inherit = "loyalty.history"

    kind = fields.Selection(selection_add=[("join", "Joined the Club")])
    earning_rule_id = fields.Many2one(
        comodel_name="crm.earning.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    earned_on = fields.Date(
        readonly=True, help="The day by the clock of the club, for limits of the rule."
    )
    reason = fields.Char(string="Why", compute="_compute_reason")

    @api.model
    def _get_closed_values(self):
        return super()._get_closed_values() | {
            "earning_rule_id": False,
            "earned_on": False,
        }

    @api.depends("earning_rule_id")
    @api.depends_context("lang")
    def _compute_reason(self):
        """In the reader's language: the rule, and what the points are for."""
        for line in self:
            # Superuser: the name of a rule is no secret to who reads the ledger.
            rule = line.sudo().earning_rule_id
            line.reason = rule and self.env._(
                "Rule “%(rule)s”: %(sentence)s",
                rule=rule.name,
                sentence=rule.sentence,
            )

    def _get_order_description(self):
        """Members read what a rule calls its points, never whom or what it was for."""
        self.ensure_one()
        return "" if self.earning_rule_id else super()._get_order_description()

    def _prepare_reversal(self, earned, spent, description=None):
        vals = super()._prepare_reversal(earned, spent, description)
        return vals and vals | {"earning_rule_id": self.earning_rule_id.id}

    def _take_back(self):
        """Take back what these lines, which no other line has reversed, have given.

        :return: the lines that take it back
        """
        cards = self.card_id
        cards._lock_points()
        # What somebody else has just taken back is not there any more.
        self.invalidate_recordset(["source_key"])
        given = self.filtered("source_key")
        made = self.create([line._prepare_reversal(line.issued, 0) for line in given])
        given.source_key = False
        nets = {
            one.id: some._get_net() for one, some in made.grouped("card_id").items()
        }
        made.card_id._settle(nets)
        return made

from odoo import api, fields, models
from odoo.tools import SQL


class CrmClubPointUse(models.Model):
    """Which spending took how many points of which lot.

    Written by the ledger; it is what lets a cancelled order fill the same lots again.
    """

    _name = "crm.club.point.use"
    _description = "Use of points"
    _order = "id"
    _rec_name = "lot_id"

    card_id = fields.Many2one(related="spending_id.card_id")
    spending_id = fields.Many2one(
        comodel_name="loyalty.history",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    lot_id = fields.Many2one(
        comodel_name="loyalty.history",
        string="Points Of",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    points = fields.Float(string="Club Points", required=True, readonly=True)

    _pair_uniq = models.UniqueIndex(
        "(spending_id, lot_id)", "This spending has taken of these points already."
    )
    _points_positive = models.Constraint(
        "CHECK(points > 0)", "Points must be positive."
    )

    @api.model
    def _put(self, uses):
        """Write ``{(spending, lot): points}``; what is 0 goes. Two statements."""
        kept = [(*pair, points) for pair, points in uses.items() if points]
        gone = [pair for pair, points in uses.items() if not points]
        if kept:
            spendings, lots, points = zip(*kept, strict=True)
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO crm_club_point_use (spending_id, lot_id, points)
                    SELECT * FROM unnest(%s::int[], %s::int[], %s::float[])
                        ON CONFLICT (spending_id, lot_id)
                        DO UPDATE SET points = EXCLUDED.points
                    """,
                    list(spendings),
                    list(lots),
                    list(points),
                )
            )
        if gone:
            spendings, lots = zip(*gone, strict=True)
            self.env.cr.execute(
                SQL(
                    """
                    DELETE FROM crm_club_point_use AS used
                     USING unnest(%s::int[], %s::int[]) AS gone(spending_id, lot_id)
                     WHERE used.spending_id = gone.spending_id
                       AND used.lot_id = gone.lot_id
                    """,
                    list(spendings),
                    list(lots),
                )
            )
        self.invalidate_model()
        self.env["loyalty.history"].invalidate_model(["use_ids"])

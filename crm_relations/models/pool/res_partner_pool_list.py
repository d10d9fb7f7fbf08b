from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """What the list of the pool tells of a customer."""

    _inherit = "res.partner"

    times_held = fields.Integer(
        compute="_compute_times_held",
        help="How often the customer has come to a salesperson.",
    )

    @api.depends("ownership_change_ids", "user_id")
    def _compute_times_held(self):
        counts = self._count_times_held()
        for partner in self:
            partner.times_held = counts.get(partner._origin.id, 0)

    def _count_times_held(self):
        """Return ``{customer id: how often it has come to a salesperson}``, whoever it
        was and in whichever company; one statement.

        A salesperson from before the ledger began came without a line: the first line
        that counts says from whom it went, or there is none and somebody has it.
        """
        if not self._origin:
            return {}
        changes = self.env["crm.ownership.change"]
        changes.flush_model()
        self.env["res.partner"].flush_model(["user_id"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT partner.id,
                           count(change.to_user_id) + CASE
                           WHEN count(change.id) = 0 THEN
                                (partner.user_id IS NOT NULL)::int
                           ELSE ((array_agg(change.from_user_id
                                ORDER BY change.decided_at, change.id))[1]
                                IS NOT NULL)::int END
                      FROM res_partner AS partner
                 LEFT JOIN crm_ownership_change AS change
                        ON change.partner_id = partner.id AND %(counted)s
                     WHERE partner.id = ANY(%(ids)s)
                  GROUP BY partner.id
                    """,
                    counted=changes._get_counted_sql("change"),
                    ids=self._origin.ids,
                )
            )
        )

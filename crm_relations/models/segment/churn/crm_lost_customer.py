from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ....tools.local_moments import local_day
from ..lifecycle.crm_lifecycle_layers import LAYERS

# What may be corrected afterwards; the rest is as it was at that moment.
CORRECTABLE = {"lost_on", "reason_id", "competitor", "value_lost", "note"}


class CrmLostCustomer(models.Model):
    """A customer that was lost: why, to whom, what it was worth, and who owned it.

    Registered through ``res.partner.register_lost``. A customer has at most one
    record that has not ended: it ends when the customer is won back, by the next
    order it confirms or by hand.
    """

    _name = "crm.lost.customer"
    _description = "Lost customer"
    _inherit = ["crm.customer.line.mixin"]
    _order = "lost_on desc, id desc"
    _rec_name = "partner_id"

    state = fields.Selection(
        selection=[
            ("lost", "Lost"),
            ("winning", "Win-back under way"),
            ("won_back", "Won back"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="lost",
        index=True,
    )
    lost_on = fields.Date(required=True, index=True)
    reason_id = fields.Many2one(
        comodel_name="crm.churn.reason",
        required=True,
        index=True,
        ondelete="restrict",
    )
    competitor = fields.Char(help="Who has the customer now.")
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True, index=True
    )
    value_lost = fields.Monetary(
        help="What a year of this customer was worth: sales of the 12 months up to its "
        "last order, unless somebody knows better."
    )
    note = fields.Text()
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        readonly=True,
        index="btree_not_null",
        help="Whose customer it was when it was lost.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", readonly=True, index="btree_not_null"
    )
    tier_id = fields.Many2one(
        comodel_name="crm.tier", readonly=True, ondelete="restrict"
    )
    lifecycle = fields.Selection(selection=LAYERS, readonly=True)
    last_order_on = fields.Date(string="Last Order", readonly=True)
    registered_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    registered_at = fields.Datetime(required=True, readonly=True)
    won_back_on = fields.Date(readonly=True)

    _value_lost_positive = models.Constraint(
        "CHECK(value_lost >= 0)", "The value lost cannot be negative."
    )
    _open_uniq = models.UniqueIndex(
        "(partner_id) WHERE state <> 'won_back'",
        "This customer is registered as lost already.",
    )

    @api.constrains("lost_on", "last_order_on", "company_id")
    def _check_lost_on(self):
        default = self.env["res.company"]._get_relations_default()
        for lost in self:
            # Superuser: the clock of a company is no secret.
            company = lost.company_id.sudo() or default
            if lost.lost_on > company._get_relations_today():
                raise ValidationError(
                    self.env._("A customer is lost today or was lost before.")
                )
            if lost.last_order_on and lost.lost_on < lost.last_order_on:
                raise ValidationError(
                    self.env._(
                        "%(customer)s still ordered on %(day)s: it was lost later.",
                        customer=lost.partner_id.sudo().display_name,
                        day=self.env.user._tell_day(lost.last_order_on),
                    )
                )

    @api.constrains("reason_id", "competitor")
    def _check_competitor(self):
        for lost in self:
            if lost.reason_id.asks_competitor and not (lost.competitor or "").strip():
                raise ValidationError(self.env._("Which competitor? Give its name."))

    def write(self, vals):
        if not self.env.su and set(vals) - CORRECTABLE:
            raise AccessError(
                self.env._("What held when the customer was lost is not changed.")
            )
        return super().write(vals)

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    def action_won_back(self):
        """Mark as won back today, without waiting for an order."""
        self.check_access("write")
        # Superuser: nobody types the state; the right has been checked.
        for company, records in self.sudo().grouped("company_id").items():
            company = company or company._get_relations_default()
            records._end(company._get_relations_today())

    def _end(self, day):
        """The win-back succeeded on ``day``: its open task is done with."""
        still_lost = self.filtered(lambda lost: lost.state != "won_back")
        still_lost.write({"state": "won_back", "won_back_on": day})
        still_lost._drop_open_tasks()

    @api.model
    def _find_won_back(self, partner_ids=None):
        """Mark as won back who has confirmed an order since it was registered.

        :param partner_ids: only these customers, default all
        :return: number of records
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH ordered AS (%(ordered)s)
                UPDATE crm_lost_customer AS lost
                   SET state = 'won_back',
                       won_back_on = ordered.day,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM ordered
                 WHERE lost.id = ordered.id
             RETURNING lost.id
                """,
                ordered=self._get_ordered_again_sql(partner_ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        won_back = self.browse(number for (number,) in rows)
        won_back.invalidate_recordset()
        won_back._drop_open_tasks()
        return len(won_back)

    @api.model
    def _get_ordered_again_sql(self, partner_ids):
        """Return a SELECT of the id of who is lost, and of the day of the first order
        since it was registered."""
        self.env["sale.order"].flush_model(["date_order", "partner_id"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        only = SQL("")
        if partner_ids is not None:
            only = SQL("AND lost.partner_id IN %s", tuple(partner_ids) or (0,))
        return SQL(
            """
            SELECT lost.id, min(LEAST(%(day)s, company.today)) AS day
              FROM crm_lost_customer AS lost
              JOIN res_partner AS contact
                ON contact.commercial_partner_id = lost.partner_id
              JOIN sale_order AS o ON o.partner_id = contact.id
               AND %(purchase)s AND o.date_order > lost.registered_at
              JOIN %(companies)s ON company.id = o.company_id
             WHERE lost.state <> 'won_back' %(only)s
          GROUP BY lost.id
            """,
            day=local_day(SQL("o.date_order"), SQL("company.tz")),
            companies=self.env["res.partner"]._get_companies_sql("company"),
            purchase=self.env["sale.order"]._get_purchase_sql("o"),
            only=only,
        )

    @api.model
    def _unite(self, partner_ids):
        """Of several open records of what is one customer from now on, the oldest
        stays, and keeps what the others said."""
        still_lost = self.search(
            [("partner_id", "in", partner_ids), ("state", "!=", "won_back")],
            order="lost_on, id",
        )
        kept, twins = still_lost[:1], still_lost[1:]
        if twins:
            merging = self.env["base.partner.merge.automatic.wizard"]
            merging._follow_rows(self._name, dict.fromkeys(twins.ids, kept.id))
            kept._absorb(twins)

    def _absorb(self, twins):
        """Take over what other open records of the same customer say, then drop
        them."""
        self.ensure_one()
        notes = [
            self.note,
            *(
                self.env._(
                    "Merged: lost on %(day)s, %(reason)s, %(value)s. %(note)s",
                    day=self.env.user._tell_day(twin.lost_on),
                    reason=twin.reason_id.name,
                    value=twin.currency_id.format(twin.value_lost),
                    note=twin.note or "",
                ).strip()
                for twin in twins
            ),
        ]
        alike = twins.filtered(lambda twin: twin.currency_id == self.currency_id)
        self.write(
            {
                "note": "\n".join(filter(None, notes)),
                "value_lost": self.value_lost + sum(alike.mapped("value_lost")),
            }
        )
        self._adopt_task(twins)
        twins.unlink()
        self.env.flush_all()

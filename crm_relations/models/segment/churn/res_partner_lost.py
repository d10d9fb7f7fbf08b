from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.arguments import Amount, Answers, Day, Id, Text


class ResPartner(models.Model):
    """Customers that were lost, and how one registers them."""

    _inherit = "res.partner"

    lost_customer_ids = fields.One2many(
        comodel_name="crm.lost.customer", inverse_name="partner_id", string="Lost"
    )
    lost_count = fields.Integer(string="Times Lost", compute="_compute_lost")
    is_lost = fields.Boolean(
        string="Registered as Lost", compute="_compute_lost", search="_search_is_lost"
    )

    @api.depends("lost_customer_ids.state")
    def _compute_lost(self):
        rows = self.env["crm.lost.customer"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id", "state"], ["__count"]
        )
        counts, still = {}, set()
        for partner, state, count in rows:
            counts[partner] = counts.get(partner, 0) + count
            if state != "won_back":
                still.add(partner)
        for partner in self:
            partner.lost_count = counts.get(partner._origin, 0)
            partner.is_lost = partner._origin in still

    def _search_is_lost(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "lost_customer_ids", "any", Domain("state", "in", ("lost", "winning"))
        )

    def action_view_lost(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_lost_customer_action"
        )
        return {**action, "domain": [("partner_id", "=", self.id)], "context": {}}

    def action_register_lost(self):
        """Open the wizard that registers these customers as lost."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register as Lost"),
            "res_model": "crm.lost.customer.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }

    def register_lost(
        self,
        reason_id: Id,
        lost_on: Day = None,
        competitor: Text = "",
        value_lost: Amount = None,
        note: Text = "",
    ) -> Answers:
        """Register these customers as lost.

        :param reason_id: id of the ``crm.churn.reason``
        :param lost_on: the day (date or ISO text), default today
        :param competitor: name of who has them now
        :param value_lost: in the currency of the customer's company; default the sales
            of the 12 months up to its last order
        :raise ValidationError: reason unknown, day to come, value negative, or a
            competitor is asked for and missing; nothing has been written then
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes:
            registered, not_customer, not_allowed, already_lost, ordered_later
        """
        reason = self.env["crm.churn.reason"].browse(reason_id).exists()
        if not reason:
            raise ValidationError(self.env._("Why was the customer lost?"))
        if (value_lost or 0) < 0:
            raise ValidationError(self.env._("The value lost cannot be negative."))
        given = {
            "reason_id": reason.id,
            # The data files of an installation give the day as text.
            "lost_on": fields.Date.to_date(lost_on),
            "competitor": competitor.strip(),
            "value_lost": value_lost,
            "note": note,
        }
        given = {
            name: value for name, value in given.items() if value not in (None, "")
        }
        refusals = self._get_lost_refusals(given.get("lost_on"))
        taken = self.browse(dict.fromkeys(self.ids)).filtered(
            lambda partner: partner.id not in refusals
        )
        # Superuser: nobody creates these records but through here.
        self.env["crm.lost.customer"].sudo().create(taken._prepare_lost_vals(given))
        return [partner._get_lost_answer(refusals) for partner in self]

    def _get_lost_refusals(self, lost_on):
        """Return ``{customer id: (code, message)}`` of those that are not taken."""
        visible = self.exists()._filtered_access("read")
        # Superuser: also what another company registered stands in the way.
        still_lost = self.env["crm.lost.customer"].sudo()
        still_lost = still_lost.search(
            [("partner_id", "in", self.ids), ("state", "!=", "won_back")]
        ).partner_id
        codes = {
            partner.id: partner._get_lost_refusal(lost_on, still_lost)
            if partner in visible
            else "not_customer"
            for partner in self
        }
        words = {
            "not_customer": self.env._("This is no managed customer."),
            "not_allowed": self.env._(
                "Only its owner, the owner's manager and the relations manager "
                "register it as lost."
            ),
            "already_lost": self.env._("It is registered as lost already."),
            "ordered_later": self.env._("It still ordered after that day."),
        }
        return {number: (code, words[code]) for number, code in codes.items() if code}

    def _get_lost_refusal(self, lost_on, still_lost):
        """Return the code of what is against registering this customer, or ""."""
        self.ensure_one()
        day = lost_on or self._get_relation_company()._get_relations_today()
        if not self.is_managed_customer:
            return "not_customer"
        if not self._may_register_lost():
            return "not_allowed"
        if self in still_lost:
            return "already_lost"
        if self.last_order_on and day < self.last_order_on:
            return "ordered_later"
        return ""

    def _may_register_lost(self):
        """Say whether the caller answers for this customer."""
        self.ensure_one()
        if self.env.su or self.env.user.has_group(
            "crm_relations.group_relations_manager"
        ):
            return True
        # Superuser: who leads whom is no secret of the team.
        owner = self.sudo().user_id
        return bool(owner) and self.env.user in owner | owner._get_leader()

    def _prepare_lost_vals(self, given):
        """Return the values of the records, as things are at this moment."""
        values = self._get_sales_before_silence()
        now = fields.Datetime.now()
        # Superuser: it is kept how the customer stood, whatever the caller sees of it.
        return [
            {
                "partner_id": partner.id,
                "company_id": partner._get_own_company().id,
                "lost_on": partner._get_relation_company()._get_relations_day(now),
                "currency_id": partner.relation_currency_id.id,
                "value_lost": max(0, values.get(partner.id, 0)),
                "user_id": partner.user_id.id,
                "team_id": partner.user_id.sale_team_id.id,
                "tier_id": partner.tier_id.id,
                "lifecycle": partner.lifecycle,
                "last_order_on": partner.last_order_on,
                "registered_by_id": self.env.uid,
                "registered_at": now,
                **given,
            }
            for partner in self.sudo()
        ]

    def _get_lost_answer(self, refusals):
        code, message = refusals.get(self.id, ("registered", self.env._("Registered.")))
        return {
            "id": self.id,
            "ok": self.id not in refusals,
            "code": code,
            "message": message,
        }

    def _get_sales_before_silence(self):
        """Return ``{customer id: amount}`` of the 12 months up to the last order, less
        credit notes since, in the currency of the customer's company."""
        if not self.ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT sales.partner_id,
                           round((sum(sales.amount) * max(own.rate))::numeric, 2)
                               ::float8
                      FROM (%(sales)s) AS sales
                      JOIN res_partner AS partner ON partner.id = sales.partner_id
                      JOIN %(own)s
                     WHERE sales.day > partner.last_order_on - interval '12 months'
                  GROUP BY sales.partner_id
                    """,
                    sales=self._get_sales_sql(self.ids),
                    own=self._get_company_of_sql("own", "partner"),
                )
            )
        )

from odoo import api, models, tools
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH
from ...tools.retries import retry

STANDING = ("confirmed", "paid", "reversed")


class CrmReferral(models.Model):
    """The reward follows the first paid order of the new customer: it is given when
    that is paid, taken back when nothing is left of it, and given again if it is
    invoiced and paid after all."""

    _inherit = "crm.referral"

    @api.model_create_multi
    def create(self, vals_list):
        referrals = super().create(vals_list)
        if not self._has_any():
            forget = self.env.registry.clear_cache
            forget()
            # And once more: until then others see none and keep that in mind.
            self.env.cr.postcommit.add(forget)
        return referrals

    @api.model
    @tools.ormcache()
    def _has_any(self):
        """Return whether anybody was ever brought by somebody: where nobody was, no
        order pays for it."""
        # Superuser: whether there is one, whoever sells.
        return bool(self.sudo().search_count([], limit=1))

    @api.model
    def _cron_settle(self):
        """Each night: what payments and returns have changed that told nobody."""
        progress = self.env["ir.cron"]._commit_progress
        # Superuser: referrals of all companies.
        standing = self.sudo().search([("state", "in", STANDING)])
        for batch in split_every(BATCH, standing.ids):
            retry(self.env, lambda batch=batch: standing.browse(batch)._settle())
            if not progress(len(batch), remaining=1):
                return  # and go on at once
        progress(0, remaining=0)

    def _settle(self):
        """Bring these referrals and their rewards up to date with the documents, as
        superuser; the number of statements does not grow with them."""
        referrals = self.filtered(lambda one: one.state in STANDING)
        if not referrals:
            return
        changed = referrals._follow_orders(referrals._get_standing_orders())
        lost = changed.filtered(lambda one: one._is_worth_less())
        lost._take_reward_back()
        (changed - lost).filtered(lambda one: not one.rule_id)._reward()

    def _follow_orders(self, standing):
        """Write what stands of the first paid order of each; return those changed.

        :param standing: ``{id: (order, day, amount)}``
        """
        changed = self.browse()
        for referral in self:
            order, day, amount = standing.get(referral.id, (False, False, 0))
            before = referral.amount if referral.order_id else 0
            is_known = referral.state == "paid" or order
            if is_known and (referral.order_id.id, before) != (order, amount):
                referral.write(
                    {
                        "state": "paid" if order else "reversed",
                        "order_id": order,
                        "paid_on": day,
                        "amount": amount,
                    }
                )
                changed |= referral
        return changed

    def _is_worth_less(self):
        """Return whether what stands is no longer what the reward was given for."""
        return bool(self.rule_id) and (
            self.state != "paid" or self.amount < self.rule_id.order_amount
        )

    def _reward(self):
        """Give the referrers of these what the rules of their clubs say."""
        if not self:
            return
        referrers = self.env["res.partner"].browse(one.referrer_id.id for one in self)
        lines = referrers._earn_in_clubs("referral", self)
        for line in lines:
            referral = self.browse(line.order_id)
            referral.points += line.issued
            referral.rule_id = referral.rule_id or line.earning_rule_id
        self._propose_gifts()

    def _take_reward_back(self):
        """Take the points of these back, and a gift that was not handed over yet: a
        draft goes, one that was asked for or approved is not given any more."""
        if not self:
            return
        referrers = self.env["res.partner"].browse(one.referrer_id.id for one in self)
        referrers._take_back_in_clubs("referral", self)
        gifts = self.gift_id.grouped("state")
        gifts.get("draft", self.gift_id.browse()).unlink()
        for state in ("asked", "approved"):
            if waiting := gifts.get(state):
                waiting._call_off(self.env._("The reward was taken back."))
        self.write({"points": 0, "rule_id": False})

    def _propose_gifts(self):
        """Make a draft of the gift that goes with the reward: who works with the
        referrer asks for it or gives it, within the limits of gifts."""
        given = self.filtered(lambda one: one._may_be_given_gift())
        gifts = self.env["crm.gift"].create(
            [
                {
                    "partner_id": one.partner_id.id,
                    "recipient_id": one.referrer_id.id,
                    "item_id": one.rule_id.gift_item_id.id,
                    "user_id": one.partner_id.user_id.id or one.decided_by_id.id,
                    "reason": one.rule_id.name,
                }
                for one in given
            ]
        )
        for referral, gift in zip(given, gifts, strict=True):
            referral.gift_id = gift

    def _may_be_given_gift(self):
        """Return whether the gift of the rule can be proposed: what hinders it stops
        neither the reward nor the payment that it comes with."""
        item, customer = self.rule_id.gift_item_id, self.partner_id
        if not item.active or self.gift_id.state not in (False, "refused"):
            return False
        company = customer._get_relation_company()
        is_ours = item.company_id <= company
        return is_ours and self.referrer_id.commercial_partner_id == customer

    def _get_standing_orders(self):
        """Return ``{id: (order id, day, net amount)}`` of the first order that the new
        customer has paid since and that has not gone back altogether; one query."""
        self.env.flush_all()
        customers = self.referred_id.commercial_partner_id
        rows = self.env.execute_query(
            SQL(
                """
                WITH bought AS MATERIALIZED (%(purchases)s),
                     back AS MATERIALIZED (
                     SELECT order_id, sum(amount) AS amount
                       FROM (%(returns)s) AS returned GROUP BY order_id),
                     billed AS MATERIALIZED (%(invoices)s)
                SELECT DISTINCT ON (referral.id) referral.id, bought.order_id,
                       bought.day,
                       round((bought.amount - COALESCE(back.amount, 0))::numeric, 2)
                           AS net
                  FROM crm_referral AS referral
                  JOIN res_partner AS referred ON referred.id = referral.referred_id
                  JOIN bought ON bought.partner_id = referred.commercial_partner_id
                   AND bought.orders > 0 AND bought.day >= referral.registered_on
                  JOIN billed ON billed.order_id = bought.order_id AND billed.is_paid
             LEFT JOIN back ON back.order_id = bought.order_id
                 WHERE referral.id = ANY(%(ids)s)
                   AND bought.amount - COALESCE(back.amount, 0) >= 0.01
              ORDER BY referral.id, bought.day, bought.order_id
                """,
                purchases=customers._get_purchases_sql(customers.ids),
                returns=customers._get_returns_sql(customers.ids),
                invoices=self._get_invoices_sql(),
                ids=list(self.ids),
            )
        )
        return {number: (order, day, float(net)) for number, order, day, net in rows}

    @api.model
    def _get_invoices_sql(self):
        """Return a SELECT of order_id, is_paid for each ``bought`` order with posted
        invoices: all of those that were not reversed are paid, and there is one."""
        return SQL(
            """
            SELECT line.order_id,
                   bool_and(move.payment_state IN ('paid', 'in_payment', 'reversed'))
                   AND bool_or(move.payment_state IN ('paid', 'in_payment')) AS is_paid
              FROM bought
              JOIN sale_order_line AS line ON line.order_id = bought.order_id
              JOIN sale_order_line_invoice_rel AS link ON link.order_line_id = line.id
              JOIN account_move_line AS item ON item.id = link.invoice_line_id
              JOIN account_move AS move ON move.id = item.move_id
             WHERE move.move_type = 'out_invoice' AND move.state = 'posted'
          GROUP BY line.order_id
            """
        )

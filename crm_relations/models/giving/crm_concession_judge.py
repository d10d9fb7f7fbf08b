from datetime import timedelta

from odoo import api, fields, models

MONTH = timedelta(days=30)


class CrmConcession(models.Model):
    """What needs an approval: more than the tier of the customer allows, all that was
    granted within a month without anybody's approval together."""

    _inherit = "crm.concession"

    @api.depends("state", "findings", "partner_id", "value", "order_id", "is_counted")
    @api.depends_context("lang")
    def _compute_why(self):
        return super()._compute_why()

    def _judge(self):
        # Superuser: all that was granted counts, by whomever.
        ones = self.sudo()
        others = list(ones._get_others())
        found = {}
        for one in ones:
            total = one._add_up(others)
            limit = one._get_limit()
            found[one.id] = []
            if one.currency_id.compare_amounts(total, limit) > 0:
                tier = one.partner_id.tier_id.name or ""
                found[one.id].append(
                    {"code": "tier", "total": total, "limit": limit, "tier": tier}
                )
            else:
                others.append(one)
        return {one.id: found[one.id] for one in self}

    def _get_others(self):
        """Return what these customers were granted lately without an approval."""
        today = self.env.user._get_relations_today()
        return self.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("state", "=", "approved"),
                ("decided_by_id", "=", False),
                ("date", ">", today - MONTH),
                ("id", "not in", self._origin.ids),
            ]
        )

    def _get_limit(self):
        tier = self.partner_id.tier_id
        return (tier.currency_id or self.currency_id)._convert(
            tier.concession_limit,
            self.currency_id,
            self.partner_id._get_relation_company(),
            fields.Date.context_today(self),
        )

    def _add_up(self, others):
        """Return what these come to with this one. An order counts with its highest
        discount, however often it was counted, and not at all once it is cancelled."""
        company = self.partner_id._get_relation_company()
        amounts = {}
        for other in others:
            if not self._is_beside(other):
                continue
            amount = other.currency_id._convert(
                other.value, self.currency_id, company, other.date
            )
            counted = other._get_counted_order() or other
            amounts[counted] = max(amounts.get(counted, 0), amount)
        return self.currency_id.round(self.value + sum(amounts.values()))

    def _get_counted_order(self):
        """Return the order whose discount this is, none of what is typed."""
        return self.order_id if self.is_counted else self.order_id.browse()

    def _is_beside(self, other):
        """Return whether the other one counts besides this one."""
        order = other._get_counted_order()
        is_again = order and order == self._get_counted_order()
        is_of_us = other.partner_id == self.partner_id
        return is_of_us and not is_again and order.state != "cancel"

    def _freeze(self):
        result = super()._freeze()
        today = self.env.user._get_relations_today()
        for one in self:
            one.date = today
            if one.is_counted:
                one.value = one._count_order()
        return result

    @api.model
    def _count_for(self, order):
        """Make the draft with which the discount of this order is asked for."""
        one = self.create(
            {
                "partner_id": order.partner_id.commercial_partner_id.id,
                "order_id": order.id,
                "user_id": (order.user_id or self.env.user).id,
                "name": self.env._("Discount of %s", order.name),
                "is_counted": True,
            }
        )
        one.value = one._count_order()
        return one

    def _count_order(self):
        """Return what its order grants, in the currency of this."""
        order = self.order_id
        return order.currency_id._convert(
            order._count_discount(),
            self.currency_id,
            self.partner_id._get_relation_company(),
            self.date,
        )

    def _get_incomplete(self, findings):
        missing = super()._get_incomplete(findings)
        lacks = {one.id: one._get_lack(findings[one.id]) for one in self}
        return missing | {number: lack for number, lack in lacks.items() if lack}

    def _get_lack(self, findings):
        """Return what is to be said before this is asked for, else ""."""
        if not self.value:
            return self.env._("Say what it costs you.")
        if self.counter_value and not self.counter_due:
            return self.env._("Say until when the customer gives something in return.")
        if findings and not (self.reason or "").strip():
            return self.env._(
                "%(why)s Somebody else has to approve it: give the reason.",
                why=self._tell_findings(findings),
            )
        return ""

    def _decided_on(self):
        result = super()._decided_on()
        for state, ones in self.grouped("state").items():
            owed = ones.filtered("counter_value") if state == "approved" else ones[:0]
            owed.write({"counter_state": "owed"})
            (ones - owed).write({"counter_state": "none"})
        self.env["crm.customer.turn"]._take("concession", self.partner_id.ids)
        return result

    def _tell_tier(self, finding):
        amounts = {
            name: self.currency_id.format(finding[name]) for name in ("total", "limit")
        }
        if not finding["tier"]:
            return self.env._(
                "The customer has no tier: any concession needs an approval."
            )
        return self.env._(
            "With this the customer comes to %(total)s within a month; tier %(tier)s "
            "allows %(limit)s without an approval.",
            tier=finding["tier"],
            **amounts,
        )

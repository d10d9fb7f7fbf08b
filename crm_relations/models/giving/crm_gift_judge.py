from datetime import timedelta

from odoo import api, fields, models

from .crm_gift import COUNTED, MOST_DAYS_AGO

WEEK = timedelta(days=7)
HELD = ("asked", *COUNTED)


class CrmGift(models.Model):
    """What needs an approval: more than a limit or the budget of the tier, all givers
    together, and the same gift once more."""

    _inherit = "crm.gift"

    @api.depends(
        *("state", "findings", "partner_id", "recipient_id", "item_id", "quantity"),
        "date",
    )
    @api.depends_context("lang")
    def _compute_why(self):
        return super()._compute_why()

    def _judge(self):
        limits = self.env["crm.gift.limit"]._get_limits()
        # Superuser: all gifts count, whoever has given them, in which company ever.
        gifts = self.sudo()
        others = list(gifts._get_others())
        counted = [other for other in others if other.state in COUNTED]
        found = {}
        for gift in gifts:
            found[gift.id] = [
                *gift._judge_by_limits(limits, counted),
                *gift._judge_by_budget(counted),
                *gift._judge_by_likeness(others),
            ]
            others.append(gift)
            if not found[gift.id]:
                # What is approved now counts for the next of these.
                counted.append(gift)
        return {gift.id: found[gift.id] for gift in self}

    def _get_others(self):
        """Return what these recipients and customers have got or are to get."""
        return self.search(
            [
                *("|", ("recipient_id", "in", self.recipient_id.ids)),
                ("partner_id", "in", self.partner_id.ids),
                ("state", "in", HELD),
                ("id", "not in", self._origin.ids),
            ]
        )

    def _judge_by_limits(self, limits, counted):
        """Return what is above a limit for a recipient or a customer."""
        company = self.partner_id._get_relation_company()
        is_official = self._is_to_official()
        found = []
        for per, total in self._get_totals(counted).items():
            limit = self.env["crm.gift.limit"]._get_lowest(
                limits, per, company, is_official
            )
            if limit is not None and self._exceeds(total, limit):
                found.append({"code": f"per_{per}", "total": total, "limit": limit})
        return found

    def _get_totals(self, counted):
        """Return ``{what a limit is per: value with this gift}``."""
        mine = [other for other in counted if other.recipient_id == self.recipient_id]
        house = [other for other in counted if other.partner_id == self.partner_id]
        week = [other for other in mine if abs(other.date - self.date) < WEEK]
        return {
            "gift": self._add_up(week, "value"),
            "recipient": self._add_up(self._of_year(mine), "value"),
            "customer": self._add_up(self._of_year(house), "value"),
        }

    def _judge_by_budget(self, counted):
        tier = self.partner_id.tier_id
        if not tier.gift_budget:
            return []
        house = [other for other in counted if other.partner_id == self.partner_id]
        budget = tier.currency_id._convert(
            tier.gift_budget,
            self.currency_id,
            self.partner_id._get_relation_company(),
            self.date,
        )
        total = self._add_up(self._of_year(house), "cost")
        if not self._exceeds(total, budget):
            return []
        return [{"code": "budget", "total": total, "limit": budget, "tier": tier.name}]

    def _judge_by_likeness(self, others):
        for other in others:
            same = other.item_id._is_same_as(self.item_id)
            if same and other.recipient_id == self.recipient_id:
                return [{"code": "again", "date": fields.Date.to_string(other.date)}]
        return []

    def _of_year(self, gifts):
        return [gift for gift in gifts if gift.date.year == self.date.year]

    def _add_up(self, others, name):
        """Return what these come to with this one, in its currency."""
        company = self.partner_id._get_relation_company()
        amounts = (
            other.currency_id._convert(
                other[name], self.currency_id, company, other.date
            )
            for other in others
        )
        return self.currency_id.round(self[name] + sum(amounts))

    def _exceeds(self, total, limit):
        return self.currency_id.compare_amounts(total, limit) > 0

    def _is_to_official(self):
        # One after the other: joined they would be read gift by gift.
        return (
            self.partner_id.nature_id.is_official
            or self.recipient_id.nature_id.is_official
        )

    def _needs_manager(self):
        return super()._needs_manager() or self.is_official

    def _freeze(self):
        result = super()._freeze()
        self._compute_value()
        for gift in self:
            gift.is_official = gift._is_to_official()
        return result

    def _get_incomplete(self, findings):
        missing = super()._get_incomplete(findings)
        today = self.env.user._get_relations_today()
        first = today - timedelta(days=MOST_DAYS_AGO)
        for gift in self:
            if gift.date < first:
                # Of another year, it would count against the limits of that one.
                missing[gift.id] = self.env._(
                    "It was planned for %(day)s, more than a month ago: choose the day "
                    "on which it is handed over.",
                    day=self.env.user._tell_day(gift.date),
                )
                continue
            if findings[gift.id] and not (gift.reason or "").strip():
                missing[gift.id] = self.env._(
                    "%(why)s Somebody else has to approve it: give the reason.",
                    why=gift._tell_findings(findings[gift.id]),
                )
        return missing

    def _decided_on(self):
        result = super()._decided_on()
        self.env["crm.gift.year"]._refresh(self.partner_id.ids)
        return result

    def _call_off(self, reason):
        """What these were to be given for is no more, as superuser."""
        now = fields.Datetime.now()
        values = {"state": "refused", "refusal_reason": reason, "decided_at": now}
        self.write(values)
        self._decided_on()

    def _tell_per_gift(self, finding):
        return self.env._(
            "The recipient would get %(total)s within a week, the limit of a gift is "
            "%(limit)s.",
            **self._tell_amounts(finding),
        )

    def _tell_per_recipient(self, finding):
        return self.env._(
            "The recipient comes to %(total)s this year, the limit is %(limit)s.",
            **self._tell_amounts(finding),
        )

    def _tell_per_customer(self, finding):
        return self.env._(
            "The customer comes to %(total)s this year, the limit is %(limit)s.",
            **self._tell_amounts(finding),
        )

    def _tell_budget(self, finding):
        return self.env._(
            "Gifts to the customer cost %(total)s this year, the budget of tier "
            "%(tier)s is %(limit)s.",
            tier=finding["tier"],
            **self._tell_amounts(finding),
        )

    def _tell_again(self, finding):
        day = self.env.user._tell_day(fields.Date.to_date(finding["date"]))
        return self.env._("The recipient has got the same already (%(day)s).", day=day)

    def _tell_amounts(self, finding):
        currency = self.currency_id
        return {name: currency.format(finding[name]) for name in ("total", "limit")}

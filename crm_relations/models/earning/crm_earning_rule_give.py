from collections import Counter, namedtuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import date_utils

# A member, as superuser, the record that there are points for (if any), and its key:
# what is earned once.
Occasion = namedtuple("Occasion", ["membership", "source", "key"])


class CrmEarningRule(models.Model):
    """Give members what the rules say; the number of statements depends on the rules,
    never on how many members there are."""

    _inherit = "crm.earning.rule"

    @api.model
    def _give(self, kind, occasions, rules=None):
        """Give what the rules of a kind, or these rules only, say for these occasions.

        Nothing for what was earned before, for members who are not active, and for who
        has earned as often as the rule lets him.

        :param occasions: list of ``Occasion``
        :return: the lines of the ledger
        """
        members = self._get_members(occasions)
        if rules is None:
            # Superuser: rules hold for all, whoever does what they are for.
            rules = self.sudo().search(
                [("kind", "=", kind), ("club_id", "in", members.club_id.ids)]
            )
        cards = members.card_id
        if not rules or not cards:
            return self.env["loyalty.history"]
        cards._lock_points()
        earned = cards._get_earned({one.key for one in occasions})
        times = rules._count_times(cards)
        fresh = [
            one
            for one in occasions
            if one.membership.card_id in cards
            and (one.membership.card_id.id, one.key) not in earned
        ]
        return cards._earn_each(rules._prepare_lines(fresh, times))

    def _prepare_lines(self, occasions, times):
        """Return the lines that these rules give for these occasions, in their order.

        :param times: how often each card has earned by each rule; counted on
        """
        vals_list = []
        for occasion in occasions:
            if rule := self._get_fitting(occasion, times):
                times[rule.id, occasion.membership.card_id.id] += 1
                vals_list.append(rule._prepare_line(occasion))
        return vals_list

    @api.model
    def _get_members(self, occasions):
        """Return the active members of these occasions."""
        memberships = self.env["crm.club.membership"].union(
            *(one.membership for one in occasions)
        )
        return memberships.filtered(lambda one: one.state == "active" and one.card_id)

    def _get_fitting(self, occasion, times):
        """Return the first of these rules that gives something for this now."""
        card = occasion.membership.card_id
        return next(
            (
                rule
                for rule in self
                if rule._fits(occasion.membership, occasion.source)
                and not 0 < rule.limit_times <= times[rule.id, card.id]
            ),
            self.browse(),
        )

    def _fits(self, membership, source=None):
        """Hook: return whether this rule gives this member something today, for this
        record if it is for one."""
        self.ensure_one()
        today = membership.club_id._get_today()
        return (
            membership.club_id == self.club_id
            and (not self.level_ids or membership.level_id in self.level_ids)
            and (not self.start_date or self.start_date <= today)
            and (not self.end_date or today <= self.end_date)
        )

    def _count_times(self, cards):
        """Return ``Counter({(rule id, card id): times})``: how often was earned by
        these rules in their periods; one query a rule with a limit."""
        history = self.env["loyalty.history"].sudo()  # the ledger, as above
        times = Counter()
        for rule in self.filtered("limit_times"):
            groups = history._read_group(
                Domain("earning_rule_id", "=", rule.id)
                & Domain("card_id", "in", cards.ids)
                & Domain("source_key", "!=", False)
                & rule._get_period_domain(),
                ["card_id"],
                ["__count"],
            )
            for card, count in groups:
                times[rule.id, card.id] = count
        return times

    def _get_period_domain(self):
        """Return what of the ledger lies in the period of this rule's limit: days by
        the clock of the club."""
        if self.limit_period == "ever":
            return Domain.TRUE
        start = date_utils.start_of(self.club_id._get_today(), self.limit_period)
        return Domain("earned_on", ">=", start)

    def _prepare_line(self, occasion):
        """Return the values of the line of the ledger, described in the language of
        the member, who reads it."""
        self.ensure_one()
        member = occasion.membership
        reader = self.with_context(lang=member.partner_id.lang or self.env.lang)
        return {
            "card_id": member.card_id.id,
            "kind": self.kind,
            "description": reader.name,
            "issued": self.points,
            "qualifying": self.points if self.is_qualifying else 0,
            "source_key": occasion.key,
            "earning_rule_id": self.id,
            "earned_on": self.club_id._get_today(),
            **member.card_id._prepare_source(occasion.source),
        }

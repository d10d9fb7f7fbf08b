from collections import namedtuple

from odoo import api, models
from odoo.fields import Domain

from ..register.crm_complaint import SEVERITIES

# What of a complaint decides by which policies its clocks run.
Facts = namedtuple("Facts", "company path severity tier channel")


class CrmComplaintPolicy(models.Model):
    """Which policy gives a complaint which clock."""

    _inherit = "crm.complaint.policy"

    @api.model
    def _get_lines(self, complaints):
        """Return ``{complaint: {kind: line}}``, all kinds that any policy gives it.

        The number of queries does not depend on how many complaints there are.
        """
        return self._choose_for(complaints, type(self)._choose_lines)

    @api.model
    def _get_policies(self, complaints):
        """Return ``{complaint: the most specific policy that is made for it}``."""
        return self._choose_for(
            complaints,
            lambda ordered, facts: ordered.filtered(
                lambda policy: policy._is_for(facts)
            )[:1],
        )

    @api.model
    def _choose_for(self, complaints, choose):
        # Superuser: policies and tiers hold for all, whoever registers.
        ordered = self.sudo()._get_ordered()
        found, known = {}, {}
        for complaint in complaints.sudo():
            facts = ordered._get_facts(complaint)
            if facts not in known:
                known[facts] = choose(ordered, facts)
            found[complaint] = known[facts]
        return found

    @api.model
    def _get_ordered(self):
        # All of them, a handful: each may be made for it.
        return self.search(Domain.TRUE).sorted(lambda policy: policy._get_precedence())

    @api.model
    def _get_facts(self, complaint):
        return Facts(
            company=complaint.company_id.id,
            path=complaint.category_id.parent_path or "",
            severity=complaint.severity or "",
            tier=complaint.partner_id.tier_id.id,
            channel=complaint.channel,
        )

    def _choose_lines(self, facts):
        lines = {}
        for policy in self:
            if policy._is_for(facts):
                for line in policy.line_ids.filtered("kind_id.active"):
                    lines.setdefault(line.kind_id, line)
        return lines

    def _is_for(self, facts):
        """Return whether this policy is made for such a complaint: what it asks for
        nothing of fits all."""
        self.ensure_one()
        return (
            self.company_id.id in (False, facts.company)
            and self._has_category(facts.path)
            and self._get_lowest() <= facts.severity <= self._get_highest()
            and (not self.tier_ids or facts.tier in self.tier_ids._ids)
            and self.channel in (False, facts.channel)
        )

    def _get_lowest(self):
        return self.min_severity or ""

    def _get_highest(self):
        return self.max_severity or SEVERITIES[-1][0]

    def _has_category(self, path):
        return not self.category_ids or any(
            path.startswith(category.parent_path) for category in self.category_ids
        )

    def _get_precedence(self):
        """Return a key: the lowest one comes first."""
        self.ensure_one()
        lowest = int(self.min_severity or SEVERITIES[0][0])
        conditions = (
            *(self.category_ids, self.tier_ids, self.channel),
            self.min_severity or self.max_severity,
        )
        depths = [one.parent_path.count("/") for one in self.category_ids]
        return (
            not self.company_id,
            -sum(map(bool, conditions)),
            -min(depths, default=0),
            int(self._get_highest()) - lowest,
            self.sequence,
            self.id,
        )

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.typed_domains import parse_domain


class CrmPoolRule(models.Model):
    """Whom a rule leaves alone. The next rule in order of precedence judges them."""

    _inherit = "crm.pool.rule"

    exempt_domain = fields.Char(
        string="Not Those Who",
        default="[]",
        help="This rule leaves alone whoever meets these conditions.",
    )
    exempt_tier_ids = fields.Many2many(
        comodel_name="crm.tier",
        relation="crm_pool_rule_exempt_tier_rel",
        ondelete="restrict",
        context={"active_test": False},
        string="Not of These Tiers",
        help="This rule leaves alone customers of these tiers.",
    )
    exempt_opportunity = fields.Boolean(
        string="Not with an Open Opportunity",
        help="This rule leaves customers alone as long as an opportunity is open.",
    )
    exempt_ordered = fields.Boolean(
        string="Not Who Has Ordered",
        help="This rule leaves alone whoever has a confirmed order.",
    )

    @api.constrains("exempt_domain")
    def _check_exempt_domain(self):
        for rule in self:
            rule._parse_exempt()

    @api.depends("exempt_domain", "exempt_tier_ids", "exempt_ordered")
    def _compute_audience_count(self):
        return super()._compute_audience_count()

    def _get_judged_audience(self):
        """Nobody without a salesperson leaves one."""
        return super()._get_judged_audience() & Domain("user_id", "!=", False)

    def _count_judged_by_run(self, changed):
        """Whoever was released is not judged any more."""
        return super()._count_judged_by_run(changed) + changed

    def _get_whole_audience(self):
        """Return the audience, exceptions included."""
        return super()._get_audience()

    def _get_audience(self):
        audience = self._get_whole_audience()
        for _name, exempt in self._get_exemptions():
            audience &= ~exempt
        return audience

    def _get_exemptions(self):
        """Return ``[(field name, domain of those left alone)]`` of what a domain says;
        open opportunities are left to ``_get_candidate_sql``."""
        self.ensure_one()
        exemptions = []
        exempt = self._read_exempt()
        if not exempt.is_false():
            exemptions.append(("exempt_domain", exempt))
        if self.exempt_tier_ids:
            tiers = Domain("tier_id", "in", self.exempt_tier_ids.ids)
            exemptions.append(("exempt_tier_ids", tiers))
        if self.exempt_ordered:
            ordered = Domain("last_order_on", "!=", False)
            exemptions.append(("exempt_ordered", ordered))
        return exemptions

    def _check_readable(self):
        self._parse_exempt()
        return super()._check_readable()

    def _read_exempt(self):
        """Return the same; everybody, if it cannot be read any more."""
        try:
            return self._parse_exempt()
        except ValidationError:
            return Domain.TRUE

    def _parse_exempt(self):
        """Return the conditions of the exception; nobody if there are none.

        :raise ValidationError: they do not parse or name no field of a customer
        """
        self.ensure_one()
        try:
            domain = parse_domain(self.exempt_domain, self.env["res.partner"])
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "The exceptions of “%(rule)s” cannot be read: %(error)s",
                    rule=self.name,
                    error=error,
                )
            ) from error
        return Domain.FALSE if domain.is_true() else domain

    def _get_exempt_sql(self):
        """Return the SQL condition that keeps those with an open opportunity out."""
        return SQL(
            "AND opportunity.open IS NOT TRUE" if self.exempt_opportunity else ""
        )

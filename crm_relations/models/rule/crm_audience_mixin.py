from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.typed_domains import parse_domain


class CrmAudienceMixin(models.AbstractModel):
    """Which customers something is meant for: of a company, with typed conditions."""

    _name = "crm.audience.mixin"
    _description = "Meant for some customers"

    company_id = fields.Many2one(
        comodel_name="res.company",
        ondelete="restrict",
        help="Judge only the customers of this company. Empty: those of all "
        "companies, unless a rule of their own company takes them.",
    )
    domain = fields.Char(
        string="Conditions",
        default="[]",
        help="Any field of the customer, its tags and own properties included.",
    )

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            rule._parse_domain()

    def _get_audience(self):
        """Return the domain on res.partner of the customers that are meant."""
        self.ensure_one()
        audience = Domain("is_managed_customer", "=", True) & self._read_domain()
        if self.company_id:
            audience &= self._get_company_domain()
        return audience

    def _get_company_domain(self):
        """Return the domain of the customers whom the company of this rule judges: once
        it is closed, another one judges those that all share."""
        own = Domain("company_id", "=", self.company_id.id)
        # Superuser: whether a company is open is no secret.
        if not self.company_id.sudo().active:
            return own
        return own | (
            Domain("company_id", "=", False)
            & Domain("relation_company_id", "=", self.company_id.id)
        )

    def _read_domain(self):
        """Return the typed conditions as a Domain. Nobody is meant by those that cannot
        be read any more, because a field has gone with its app: the rule says so in its
        sentence, and what others do is not stopped."""
        try:
            return self._parse_domain()
        except ValidationError:
            return Domain.FALSE

    def _parse_domain(self):
        """Return the typed conditions as a Domain, checked against res.partner.

        :raise ValidationError: they do not parse or name no field of a customer
        """
        self.ensure_one()
        try:
            return parse_domain(self.domain, self.env["res.partner"])
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "The conditions of “%(rule)s” cannot be read: %(error)s",
                    rule=self.display_name,
                    error=error,
                )
            ) from error

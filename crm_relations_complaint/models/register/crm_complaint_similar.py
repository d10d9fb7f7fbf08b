from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.arguments import Values

MOST = 10


class CrmComplaint(models.Model):
    """Similar complaints are shown while one is typed; a repeat is marked.

    Similar: of the same customer or caller, or of the same product or lot, within the
    days of the company. Repeat: of the same customer, and the same lot, product or
    category.
    """

    _inherit = "crm.complaint"

    similar_ids = fields.Many2many(
        comodel_name="crm.complaint",
        string="Similar Complaints",
        compute="_compute_similar_ids",
        help="Of the same customer, product or lot, of the last days.",
    )

    @api.depends(
        *("partner_id", "product_id", "lot", "caller_phone", "caller_email"),
        *("category_id", "company_id"),
    )
    def _compute_similar_ids(self):
        for complaint in self:
            complaint.similar_ids = self.search(
                complaint._get_similar_domain(), limit=MOST
            )

    @api.model
    def find_similar(self, values: Values):
        """Return complaints that may be about the same.

        :param values: fields of a complaint that is about to be registered
        :return: ``[{"id", "name", "subject", "state", "registered_at", "person",
            "is_repeat"}]``, newest first, at most ten, those the caller may read;
            moments are ISO texts in UTC
        """
        if not self.env.user.has_group("crm_relations.group_user"):
            raise AccessError(self.env._("Only users of customer relations do this."))
        known = {
            name: value
            for name, value in values.items()
            if name in self._get_written_fields()
        }
        typed = self.new(self._read_values(known))
        typed._onchange_partner_id()
        # Superuser: whose case it is, also one the caller may not read.
        return [
            {
                "id": found.id,
                "name": found.name,
                "subject": found.subject,
                "state": found.state,
                "registered_at": fields.Datetime.to_string(found.registered_at),
                "person": found.sudo().user_id.name or "",
                "is_repeat": typed._repeats(found),
            }
            for found in typed.similar_ids._origin
        ]

    def _get_similar_domain(self):
        """Return the domain of the complaints like this one."""
        self.ensure_one()
        alike = [
            Domain(name, "=", value)
            for name, value in (
                ("partner_id", self.partner_id.id),
                ("product_id", self.product_id.id),
                ("caller_phone", self.caller_phone),
                ("caller_email", self.caller_email),
                ("lot_key", self.lot_key),
            )
            if value
        ]
        # Superuser: the company need not be one that the reader may enter.
        company = (self.company_id or self.env.company).sudo()
        since = fields.Datetime.now() - timedelta(days=company.complaint_similar_days)
        return (
            Domain.OR(alike)
            & Domain("company_id", "=", company.id)
            & Domain("registered_at", ">=", since)
            & Domain("state", "not in", ("merged", "withdrawn"))
            & Domain("id", "!=", self._origin.id or 0)
        )

    def _repeats(self, other):
        """Return whether this one is of the same customer, and of the same matter."""
        return bool(
            self.partner_id
            and self.partner_id == other.partner_id
            and (
                (self.lot_key and self.lot_key == other.lot_key)
                or (self.product_id and self.product_id == other.product_id)
                or (self.category_id and self.category_id == other.category_id)
            )
        )

    def _mark_repeats(self):
        """Mark those that repeat an earlier one, the last of them."""
        customers = self.filtered("partner_id")
        if not customers:
            return
        longest = max(customers.sudo().company_id.mapped("complaint_similar_days"))
        first = min(customers.mapped("registered_at")) - timedelta(days=longest)
        # Superuser: a repeat is one, whoever may read the earlier complaint.
        earlier = self.sudo().search(
            Domain("partner_id", "in", customers.partner_id.ids)
            & Domain("registered_at", ">=", first)
            & Domain("state", "not in", ("merged", "withdrawn")),
        )
        by_customer = earlier.grouped("partner_id")
        for complaint in customers.sudo():
            since = complaint.registered_at - timedelta(
                days=complaint.company_id.complaint_similar_days
            )
            found = by_customer.get(complaint.partner_id, earlier.browse()).filtered(
                lambda one, new=complaint, since=since: (
                    one.id < new.id
                    and one.company_id == new.company_id
                    and one.registered_at >= since
                    and new._repeats(one)
                )
            )
            if found:
                complaint.write({"is_repeat": True, "repeat_of_id": found[:1].id})

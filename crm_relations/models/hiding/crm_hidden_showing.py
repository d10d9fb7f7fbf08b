from datetime import timedelta

from odoo import api, fields, models

REASONS = [
    ("manager", "Runs the pool"),
    ("group", "Belongs to a group that the pool names"),
    ("call", "Has a call open"),
]
KINDS = [("phone", "Phone number"), ("email", "E-mail address")]


class CrmHiddenShowing(models.Model):
    """Who had a hidden number or address shown, when, of whom, and why he may."""

    _name = "crm.hidden.showing"
    _description = "Hidden value shown"
    _order = "shown_at desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    shown_at = fields.Datetime(
        required=True, readonly=True, index=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        comodel_name="res.users", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Of Whom",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Public Pool",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(selection=KINDS, string="What", readonly=True)
    reason = fields.Selection(selection=REASONS, string="Why", readonly=True)

    @api.model
    def _log(self, partners, kind, reason):
        """Write a line for each of these partners."""
        self.create(
            [
                {
                    "user_id": self.env.uid,
                    "partner_id": partner.id,
                    "pool_id": partner.commercial_partner_id.pool_id.id,
                    "company_id": self._get_company(partner).id,
                    "kind": kind,
                    "reason": reason,
                }
                for partner in partners
            ]
        )

    @api.model
    def _get_company(self, partner):
        """Return the company whose managers read of it."""
        return partner.commercial_partner_id._get_relation_company()

    @api.model
    def _log_once(self, partners, kind, reason):
        """Write a line for those of whom the user had it shown in no hour before."""
        known = self.search(
            [
                ("user_id", "=", self.env.uid),
                ("partner_id", "in", partners.ids),
                ("kind", "=", kind),
                ("reason", "=", reason),
                ("shown_at", ">", fields.Datetime.now() - timedelta(hours=1)),
            ]
        )
        self._log(partners - known.partner_id, kind, reason)

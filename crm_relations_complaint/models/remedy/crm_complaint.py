from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.sentences import join_words

from .crm_complaint_remedy import GRANTED


class CrmComplaint(models.Model):
    """What the customer is given."""

    _inherit = "crm.complaint"

    remedy_ids = fields.One2many(
        comodel_name="crm.complaint.remedy",
        inverse_name="complaint_id",
        string="Remedies",
        copy=False,
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    granted_amount = fields.Monetary(
        string="Granted",
        currency_field="company_currency_id",
        compute="_compute_granted_amount",
        store=True,
        help="The sum of the remedies that are approved or booked.",
    )

    @api.depends("remedy_ids.state", "remedy_ids.company_amount")
    def _compute_granted_amount(self):
        for complaint in self:
            granted = complaint.remedy_ids.filtered(lambda one: one.state in GRANTED)
            complaint.granted_amount = sum(granted.mapped("company_amount"))

    @api.model
    def _get_written_fields(self):
        return super()._get_written_fields() | {"remedy_ids"}

    def _get_granted_of_all(self):
        """Return ``{complaint: what was granted for it and those that are one with it
        by now}``, as superuser: a merger gives no second limit."""
        roots = {one: one._get_merged_target() for one in self}
        found = self.browse().union(*roots.values())._get_with_merged()
        return {
            one: sum(found[root].mapped("granted_amount"))
            for one, root in roots.items()
        }

    def _granted_changed(self):
        """Write the sums now, in the transaction that has decided; of what was merged,
        the row of where it went is written as well: of two who decide at once on what
        is one complaint by now one starts again."""
        self.flush_recordset(["granted_amount"])
        targets = self.merged_into_id
        if targets:
            self.env.execute_query(
                SQL(
                    "UPDATE crm_complaint SET write_date = write_date"
                    " WHERE id = ANY(%s) RETURNING id",
                    list(targets.ids),
                )
            )

    def _get_closing_blockers(self):
        blockers = super()._get_closing_blockers()
        # Who closes the complaint is told what waits.
        for complaint, parts in self._get_with_merged().items():
            waiting = parts.remedy_ids.filtered(
                lambda remedy: remedy.state in ("asked", "approved")
            )
            if waiting and complaint.id not in blockers:
                blockers[complaint.id] = self.env._(
                    "Remedies wait to be approved or booked: %s.",
                    join_words(self.env, waiting.kind_id.mapped("name")),
                )
        return blockers

    def _has_monetary_relief(self):
        remedies = self._get_with_merged()[self].remedy_ids
        booked = remedies.filtered(lambda one: one.state == "booked")
        return any(booked.kind_id.mapped("is_monetary"))

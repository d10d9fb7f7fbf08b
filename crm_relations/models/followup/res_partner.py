from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.tally import Tally


class ResPartner(models.Model):
    _inherit = "res.partner"

    followup_ids = fields.One2many(
        comodel_name="crm.followup", inverse_name="customer_id", string="Follow-ups"
    )
    last_followup_at = fields.Datetime(
        string="Last Follow-up",
        compute="_compute_last_followup_at",
        store=True,
        help="The latest contact of a kind that counts as follow-up.",
        written_by="decided",
    )
    followup_count = fields.Integer(
        string="Number of Follow-ups", compute="_compute_tallies"
    )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if not any("followup_ids" in vals for vals in vals_list):
            # Who has just been created was never followed up: nothing to look for.
            last = self._fields["last_followup_at"]
            self.env.remove_to_compute(last, partners)
        return partners

    @api.depends("followup_ids.date", "followup_ids.kind_id.counts_as_followup")
    def _compute_last_followup_at(self):
        # Superuser: that there was contact is told, what it was is not.
        latest = dict(
            self.env["crm.followup"]
            .sudo()
            ._read_group(
                [
                    ("customer_id", "in", self.ids),
                    ("kind_id.counts_as_followup", "=", True),
                ],
                ["customer_id"],
                ["date:max"],
            )
        )
        for partner in self:
            partner.last_followup_at = latest.get(partner._origin)

    def _get_tallies(self):
        followups = Tally("crm.followup", "customer_id", Domain.TRUE, "followup_ids")
        return super()._get_tallies() | {"followup_count": followups}

    def action_view_followups(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_followup_action"
        )
        return {
            **action,
            "domain": [("customer_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
        }

    def action_log_followup(self):
        """Open a new follow-up of this customer in a dialog."""
        self.ensure_one()
        return self.env["crm.followup"]._get_quick_action(
            {"default_partner_id": self.id}
        )

    def _get_fields_of_moved_rows(self):
        names = super()._get_fields_of_moved_rows()
        return [*names, "last_followup_at", "contact_due_date", "visit_due_date"]

    def _filter_with_history(self):
        return super()._filter_with_history() | self.filtered("last_followup_at")

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.contact.escalation"}

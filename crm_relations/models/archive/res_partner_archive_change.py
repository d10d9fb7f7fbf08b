from odoo import api, fields, models
from odoo.tools import ormcache

from ...tools.told_source import told_as


class ResPartner(models.Model):
    """What is changed in the archive of a managed customer, or of a person there, is
    kept. Who is no customer costs nothing."""

    _inherit = "res.partner"

    archive_change_ids = fields.One2many(
        comodel_name="crm.archive.change",
        inverse_name="customer_id",
        string="Archive Changes",
    )
    archive_change_why = fields.Char(
        string="Why It Is Changed",
        compute="_compute_archive_change_why",
        inverse="_inverse_archive_change_why",
        help="Kept with what is changed of the archive in the same save, and shown in "
        "the history.",
    )

    def _compute_archive_change_why(self):
        """Each save has a reason of its own."""
        self.archive_change_why = False

    def _inverse_archive_change_why(self):
        """It stands in the ledger, see ``_before_write``."""

    @api.model
    @ormcache(cache="stable")
    def _get_kept_names(self):
        """Return the names of the fields of the archive whose changes are kept."""
        ledger = self.env["crm.archive.change"]
        return frozenset(
            name
            for name, answer in self._get_answers().items()
            if answer == "archive" and ledger._is_kept(self._fields[name])
        )

    @api.model
    def _is_kept_confidential(self):
        return False

    def _get_kept_place(self):
        """Return the values of a change that say of whom it tells; None: of nobody
        whose changes are kept."""
        customer = self.commercial_partner_id
        if not customer.is_managed_customer:
            return None
        return {
            "partner_id": self.id,
            "customer_id": customer.id,
            "company_id": customer.company_id.id,
        }

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        self.env["crm.archive.change"]._skip_new(partners)
        return partners

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if vals.get("archive_change_why"):
            customers = self.commercial_partner_id
            self.env["crm.archive.change"]._explain(
                customers, vals["archive_change_why"]
            )
        names = self._get_kept_names().intersection(vals)
        if names:
            # Superuser: what stood there is kept, whoever writes.
            ours = self.sudo().filtered(
                lambda one: one.commercial_partner_id.is_managed_customer
            )
            if ours:
                self.env["crm.archive.change"]._remember(ours, names)
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if "archive_change_why" in vals:
            self.invalidate_recordset(["archive_change_why"])
        return result

    def unlink(self):
        self.env["crm.archive.change"]._forget(self)
        return super().unlink()

    @api.model
    def load(self, fields, data):
        with told_as("import"):
            return super().load(fields, data)

    def action_view_archive_changes(self):
        """Open what was changed in the archive of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_archive_change_action"
        )
        return {**action, "domain": [("customer_id", "=", self.id)], "context": {}}

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.tally import Tally


class ResPartner(models.Model):
    """Callbacks of the customer, and who took the number that is dialled."""

    _inherit = "res.partner"

    phone_taken_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Phone Number Taken By",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who typed the telephone number that stands here. Wrong numbers count for "
        "that person in the analysis of invalid callbacks.",
        index="btree_not_null",
        written_by="decided",
    )
    callback_ids = fields.One2many(
        comodel_name="crm.callback", inverse_name="partner_id", string="Callbacks"
    )
    callback_count = fields.Integer(
        string="Callbacks to Make", compute="_compute_tallies"
    )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners.filtered("phone")._note_who_took_phone()
        return partners

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if "phone" in vals:
            memory["called_otherwise"] = self.filtered(
                lambda partner: partner.phone != vals["phone"]
            )
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if changed := memory.get("called_otherwise"):
            changed._note_who_took_phone()
        return result

    def _note_who_took_phone(self):
        """Neither a machine that imports nor the customer in the portal takes numbers:
        what they write counts for nobody."""
        user = self.env.user
        taken = user._is_internal() and not user._is_superuser()
        field = self._fields["phone_taken_by_id"]
        # Noted with the number, in the same statement. Superuser: nobody types this.
        with self.env.protecting([field], self):
            self.sudo().phone_taken_by_id = user if taken else False

    def _get_tallies(self):
        opened = Domain("state", "=", "open")
        calls = Tally("crm.callback", "partner_id", opened, "callback_ids")
        return super()._get_tallies() | {"callback_count": calls}

    def action_view_callbacks(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_callback_action"
        )
        domain = [("partner_id", "=", self.commercial_partner_id.id)]
        # The figure counts what is still to be called; what was called is a click away.
        return {**action, "domain": domain, "context": {"search_default_open": 1}}

    def _get_lifecycle_label(self):
        self.ensure_one()
        labels = dict(self._fields["lifecycle"]._description_selection(self.env))
        return labels.get(self.lifecycle, "")

    def _get_fields_of_contacts(self):
        return super()._get_fields_of_contacts() | {"phone_taken_by_id"}

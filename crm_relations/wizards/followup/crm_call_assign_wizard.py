from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ...tools.phone_numbers import digits_of, without_zeros


class CrmCallAssignWizard(models.TransientModel):
    """Ask whose calls of an unknown number are."""

    _name = "crm.call.assign.wizard"
    _description = "Assign calls to a customer"

    followup_ids = fields.Many2many(comodel_name="crm.followup", string="Calls")
    call_number = fields.Char(string="Telephone Number", compute="_compute_call_number")
    is_new = fields.Boolean(string="New Customer")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer or Contact",
        domain="[('partner_share', '=', True)]",
        index="btree_not_null",
    )
    lookalike_ids = fields.Many2many(
        comodel_name="res.partner", compute="_compute_lookalike_ids"
    )
    lookalike_id = fields.Many2one(
        comodel_name="res.partner",
        string="Perhaps",
        domain="[('id', 'in', lookalike_ids)]",
        help="Their numbers end like this one. Whether it is one of them, you decide.",
        index="btree_not_null",
    )
    name = fields.Char(string="Name of the Customer")
    is_number = fields.Boolean(compute="_compute_call_number")
    store_number = fields.Boolean(
        string="Remember the Number",
        compute="_compute_store_number",
        store=True,
        readonly=False,
        help="The next call of this number is assigned by itself.",
    )
    contact_name = fields.Char(
        string="Person Calling",
        help="The customer has a number already: this one belongs to a new contact.",
    )
    all_calls = fields.Boolean(
        string="All Calls of This Number",
        default=True,
        help="Also the other calls of the number that nobody has assigned yet.",
    )
    has_other_number = fields.Boolean(compute="_compute_has_other_number")

    @api.depends("followup_ids")
    def _compute_call_number(self):
        for wizard in self:
            wizard.call_number = wizard.followup_ids[:1].call_number
            wizard.is_number = bool(digits_of(wizard.call_number or ""))

    @api.depends("call_number")
    def _compute_store_number(self):
        for wizard in self:
            wizard.store_number = wizard.is_number

    @api.depends("call_number")
    def _compute_lookalike_ids(self):
        # Asked before: a superuser's companies are whatever the client names.
        companies = self.env.companies.ids
        for wizard in self:
            # Superuser: whose number it may be must not depend on rules.
            partners = wizard.env["res.partner"].sudo()
            partners = partners.with_context(allowed_company_ids=companies)
            found = partners._find_lookalikes(wizard.call_number)
            wizard.lookalike_ids = found.sudo(False)

    @api.onchange("lookalike_id")
    def _onchange_lookalike_id(self):
        if self.lookalike_id:
            self.partner_id = self.lookalike_id

    @api.depends("partner_id", "followup_ids")
    def _compute_has_other_number(self):
        for wizard in self:
            partner = wizard.partner_id
            known = {partner.phone_sanitized, partner.phone_digits}
            number = wizard.call_number or ""
            same = not known.isdisjoint({number, without_zeros(digits_of(number))})
            wizard.has_other_number = bool(partner.phone) and not same

    def action_apply(self):
        """Assign the calls; return the action that opens the customer."""
        self.ensure_one()
        # A new customer has a field of the same name as this wizard's calls: their
        # default would hang them on it without asking.
        self = self.with_env(self.env(context=clean_context(self.env.context)))
        calls = self._get_calls()
        if len(set(calls.mapped("call_number"))) > 1:
            raise UserError(
                self.env._("Assign the calls of one number at a time, please.")
            )
        partner = self._get_partner()
        calls._assign_call(partner)
        return partner.commercial_partner_id.action_open_customer()

    def _get_calls(self):
        calls = self.followup_ids
        if self.all_calls and self.call_number:
            more = calls.search(
                [("call_number", "=", self.call_number), ("partner_id", "=", False)]
            )
            calls |= more._filtered_access("write")
        return calls

    def _get_partner(self):
        number = self.call_number if self.store_number and self.is_number else False
        if self.is_new:
            return self._create_customer(number)
        if not self.partner_id:
            raise UserError(self.env._("Choose the customer of this call."))
        return self._remember(number) if number else self.partner_id

    def _remember(self, number):
        """Let the customer have the number; return whose it is now."""
        if self.has_other_number:
            return self._create_contact(number)
        if not self.partner_id.phone:
            self.partner_id.phone = number
        return self.partner_id

    def _create_customer(self, number):
        if not (self.name or "").strip():
            raise UserError(self.env._("What is the name of the new customer?"))
        return self.env["res.partner"].create(
            {
                "name": self.name,
                "phone": number,
                "is_managed_customer": True,
                "user_id": self.env.uid,
            }
        )

    def _create_contact(self, number):
        if not (self.contact_name or "").strip():
            raise UserError(
                self.env._(
                    "%(partner)s has a telephone number already. Name the person who "
                    "called, or do not remember the number.",
                    partner=self.partner_id.display_name,
                )
            )
        return self.env["res.partner"].create(
            {
                "name": self.contact_name,
                "parent_id": self.partner_id.commercial_partner_id.id,
                "phone": number,
            }
        )

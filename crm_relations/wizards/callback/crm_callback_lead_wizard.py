from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmCallbackLeadWizard(models.TransientModel):
    """An opportunity, or a new customer whom this one recommends, heard of in a call.

    Agents have no rights on opportunities: they hand them to who sells.
    """

    _name = "crm.callback.lead.wizard"
    _description = "Opportunity or referral from a call"

    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        required=True,
        ondelete="cascade",
        index=True,
    )
    kind = fields.Selection(
        selection=[("opportunity", "Opportunity"), ("referral", "Referral")],
        required=True,
        default="opportunity",
    )
    name = fields.Char(
        string="What They Want", help="Becomes the title of the opportunity."
    )
    contact_name = fields.Char(string="Who Is Recommended")
    phone = fields.Char()
    note = fields.Text()

    def action_create(self):
        """Make the opportunity; for a referral the customer as well, unless somebody
        has this number already."""
        self.ensure_one()
        self.callback_id._check_is_agent()
        self.callback_id.check_access("read")
        # Superuser: the agent passes on what was heard, and sees none of it later.
        wizard = self.sudo()
        lead = wizard.env["crm.lead"].create(wizard._prepare_lead_vals())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self._get_message(lead),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _prepare_lead_vals(self):
        customer = self.callback_id.partner_id
        partner = customer
        if self.kind == "referral":
            partner = self._get_referred()
        owner = partner.user_id or customer.user_id
        company = partner.company_id or self.callback_id.company_id
        if owner and not company <= owner.company_ids:
            # Odoo shows opportunities of a company to who works in it, not in a branch.
            company = owner.company_id
        return {
            **self._prepare_seller_vals(owner),
            "type": "opportunity",
            "name": self._get_title(),
            "partner_id": partner.id,
            "phone": self.phone or partner.phone,
            "description": self.note,
            "company_id": company.id,
            "callback_id": self.callback_id.id,
            "referred": customer.name if self.kind == "referral" else False,
        }

    @api.model
    def _prepare_seller_vals(self, owner):
        """Return who gets it: the salesperson; in the place of one who has left the
        leader of the team, else the team, whose members see what nobody has yet."""
        if not owner or owner.active:
            return {"user_id": owner.id}
        team = owner.sale_team_id
        return {"user_id": team.user_id.filtered("active").id, "team_id": team.id}

    def _get_title(self):
        title = (self.name or "").strip()
        if not title and self.kind == "opportunity":
            raise ValidationError(self.env._("What does the customer want?"))
        customer = self.callback_id.partner_id.name
        return title or self.env._("Recommended by %(customer)s", customer=customer)

    def _get_referred(self):
        """Return the customer who was recommended: known by the number, else new."""
        name = (self.contact_name or "").strip()
        if not name:
            raise ValidationError(self.env._("Who is recommended? Give a name."))
        referrer = self.callback_id.partner_id
        # Superuser: known by the number that the customer gives.
        found = self.env["crm.reception"]._find_visitor(self.phone).sudo()
        known = found.commercial_partner_id
        if known == referrer:
            raise ValidationError(
                self.env._("This is the number of the customer who recommends.")
            )
        if known:
            if not known.referred_by_id and referrer.referred_by_id != known:
                known.referred_by_id = referrer
            return known
        return self.env["res.partner"].create(
            {
                "name": name,
                "phone": self.phone,
                "phone_taken_by_id": self.env.uid,
                "is_managed_customer": True,
                "referred_by_id": referrer.id,
                "company_id": referrer.company_id.id,
            }
        )

    def _get_message(self, lead):
        owner = lead.user_id.name
        if owner:
            return self.env._("Passed on to %(owner)s.", owner=owner)
        return self.env._("Saved as an opportunity without salesperson.")

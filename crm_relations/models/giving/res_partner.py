from odoo import api, fields, models


class ResPartner(models.Model):
    """What a customer has been given, as far as the caller may read it."""

    _inherit = "res.partner"

    gift_count = fields.Integer(string="Gifts", compute="_compute_gift_count")
    concession_count = fields.Integer(
        string="Concessions", compute="_compute_concession_count"
    )

    @api.depends_context("uid")
    def _compute_gift_count(self):
        counts = self._count_given("crm.gift")
        for partner in self:
            partner.gift_count = counts.get(partner.commercial_partner_id, 0)

    @api.depends_context("uid")
    def _compute_concession_count(self):
        counts = self._count_given("crm.concession")
        for partner in self:
            partner.concession_count = counts.get(partner.commercial_partner_id, 0)

    def _count_given(self, model):
        """Return ``{customer: how many}`` of these, as far as the caller reads them."""
        given = self.env[model]
        if not given.has_access("read"):
            return {}
        customers = self.commercial_partner_id.ids
        return dict(
            given._read_group(
                [
                    ("partner_id", "in", customers),
                    ("state", "not in", ("draft", "refused")),
                ],
                ["partner_id"],
                ["__count"],
            )
        )

    def _refresh_moved_figures(self):
        result = super()._refresh_moved_figures()
        # Superuser: whoever moves a customer need not read what was given.
        self.env["crm.gift.year"].sudo()._refresh(self.ids)
        return result

    def _get_models_of_closed_history(self):
        """Sums of a year are written anew for whom the gifts have come to."""
        counted = {"crm.gift.year", "crm.concession.count"}
        return super()._get_models_of_closed_history() | counted

    def action_view_gifts(self):
        """Open the gifts of this customer."""
        return self._open_given("crm.gift")

    def action_view_concessions(self):
        """Open the concessions to this customer."""
        return self._open_given("crm.concession")

    def _open_given(self, model):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"crm_relations.{model.replace('.', '_')}_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }

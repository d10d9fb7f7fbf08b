from odoo import fields, models
from odoo.fields import Domain

from ...tools.tally import Tally

# Neither prepared only nor refused.
COUNTED = Domain("state", "not in", ("draft", "refused"))


class ResPartner(models.Model):
    """What a customer has been given, as far as the caller may read it."""

    _inherit = "res.partner"

    gift_count = fields.Integer(string="Gifts", compute="_compute_tallies")
    concession_count = fields.Integer(string="Concessions", compute="_compute_tallies")

    def _get_tallies(self):
        return super()._get_tallies() | {
            "gift_count": Tally("crm.gift", "partner_id", COUNTED),
            "concession_count": Tally("crm.concession", "partner_id", COUNTED),
        }

    def _refresh_moved_figures(self):
        result = super()._refresh_moved_figures()
        # Superuser: whoever moves a customer need not read what was given.
        self.env["crm.gift.year"].sudo()._refresh(self.ids)
        return result

    def _get_models_of_closed_history(self):
        """Sums of a year are written anew for whom the gifts have come to."""
        return super()._get_models_of_closed_history() | {"crm.gift.year"}

    def action_view_gifts(self):
        """Open the gifts of this customer."""
        return self._open_given("crm.gift", COUNTED)

    def action_view_concessions(self):
        """Open the concessions to this customer."""
        return self._open_given("crm.concession", COUNTED)

    def _open_given(self, model, domain=()):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"crm_relations.{model.replace('.', '_')}_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id), *domain],
            "context": {"default_partner_id": customer.id},
        }

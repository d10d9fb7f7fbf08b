from odoo import api, fields, models
from odoo.fields import Domain

from ..archive.res_partner import LONG_TEXT
from .crm_archive_requirement import UNDERSTANDING


class ResPartner(models.Model):
    """How well we know a key account: what it lives on, whom it serves, how its trade
    works, what we are worth to it, and who else is there.

    Texts of the archive, under its rights; how complete they are is judged by the
    archive's requirements, whenever it is read: key accounts are few.
    """

    _inherit = "res.partner"

    understood_business = fields.Text(
        string="Its Business",
        prefetch=LONG_TEXT,
        help="What it sells, how it earns its money, where it wants to go.",
    )
    understood_customers = fields.Text(
        string="Its Customers",
        prefetch=LONG_TEXT,
        help="Whom it serves, what they want of it, and what that means for us.",
    )
    understood_process = fields.Text(
        string="How Its Industry Works",
        prefetch=LONG_TEXT,
        help="The way from the first enquiry to the goods in use, who decides at which "
        "step, seasons, rules that everybody keeps.",
    )
    understood_worth = fields.Text(
        string="What We Are Worth to It",
        prefetch=LONG_TEXT,
        help="What our goods save or earn this customer, in its own figures.",
    )
    understanding_rate = fields.Integer(
        string="Understanding (%)",
        compute="_compute_understanding",
        help="Of what must be known of a key account, by weights, this share is "
        "filled in. As of the last save.",
    )
    understanding_missing_ids = fields.Many2many(
        comodel_name="crm.archive.requirement",
        string="Not Known Yet",
        compute="_compute_understanding",
    )

    @api.depends("is_key_account")
    def _compute_understanding(self):
        rows = self.filtered("is_key_account")._get_understanding()
        for partner in self:
            row = rows.get(partner._origin.id, {})
            partner.understanding_rate = row.get("rate", 0)
            partner.understanding_missing_ids = row.get("missing")

    def _get_understanding(self):
        """Return ``{partner id: {"rate", "missing": requirement ids}}``; one query."""
        ids = self._origin.ids
        if not ids:
            return {}
        sql = self._get_understanding_sql(Domain("id", "in", ids))
        return {row["id"]: row for row in self.env.execute_query_dict(sql)}

    @api.model
    def _get_understanding_sql(self, domain):
        """Return a SELECT of id, rate and missing of the customers of a domain."""
        self.flush_model()
        # Superuser: how much is known is the same for every reader.
        partners = self.sudo().with_context(active_test=False)
        return self.env["crm.archive.requirement"]._get_completeness_sql(
            partners._search(domain), (UNDERSTANDING,)
        )

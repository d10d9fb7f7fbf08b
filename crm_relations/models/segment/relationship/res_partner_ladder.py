from odoo import api, fields, models

from .crm_relationship_levels import LEVELS


class ResPartner(models.Model):
    """The level of the relationship, why, and its evidence."""

    _inherit = "res.partner"

    relationship_level = fields.Selection(
        selection=LEVELS,
        readonly=True,
        copy=False,
        group_expand=True,
        help="Decided every night on the evidence: orders, returned goods, "
        "referrals, and what other rooms add. Empty: nothing is known yet.",
        written_by="decided",
    )
    relationship_since = fields.Date(
        readonly=True,
        copy=False,
        written_by="decided",
    )
    relationship_stars = fields.Selection(
        selection=[("0", "No evidence yet"), *LEVELS],
        string="Relationship",
        compute="_compute_relationship_stars",
    )
    relationship_reason = fields.Json(
        string="Why This Level", compute="_compute_relationship_reason"
    )
    relationship_change_ids = fields.One2many(
        comodel_name="crm.relationship.change",
        inverse_name="partner_id",
        string="Relationship History",
    )
    relationship_evidence_ids = fields.One2many(
        comodel_name="crm.relationship.evidence",
        inverse_name="partner_id",
        string="Evidence",
    )

    @api.depends("relationship_level")
    def _compute_relationship_stars(self):
        for partner in self:
            partner.relationship_stars = partner.relationship_level or "0"

    @api.depends("relationship_level")
    @api.depends_context("lang")
    def _compute_relationship_reason(self):
        self._explain_latest(
            "relationship_reason",
            "crm.relationship.change",
            lambda partner, change: {
                "rule": change.level_id,
                "since": partner.relationship_since,
                "following": partner._get_next_level_sentence(),
            },
        )

    @api.model
    def _refresh_relationship(self, partner_ids=None, commit=False):
        """Decide the level of all customers, or of these, and write what changed.

        :param commit: commit after each batch (jobs), else leave it to the caller
        :return: number of customers changed
        """
        # Superuser: decided fields are written by nobody.
        ladder = self.env["crm.relationship.ladder"].sudo()
        return ladder._run_queue(commit=commit, partner_ids=partner_ids)

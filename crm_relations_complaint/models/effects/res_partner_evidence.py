from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.local_moments import local_day

from ..register.crm_complaint import OPEN
from .crm_complaint import SERIOUS


class ResPartner(models.Model):
    """What complaints say about a relationship: an open serious one holds it down, a
    settled one speaks for us, one that was not settled against us."""

    _inherit = "res.partner"

    @api.model
    def _get_relationship_evidence(self, partner_ids=None):
        return SQL(
            "%s UNION ALL %s",
            super()._get_relationship_evidence(partner_ids),
            self._get_complaint_evidence(partner_ids),
        )

    @api.model
    def _get_complaint_evidence(self, partner_ids=None):
        """Return the complaints that are open or were closed, each once; whoever was
        helped quickly stays more often than who never complained (TARP)."""
        self.env["crm.complaint"].flush_model(
            ["partner_id", "state", "severity", "registered_at", "closed_at", "round"]
        )
        self.env["crm.complaint.event"].flush_model(["complaint_id", "kind", "round"])
        return SQL(
            """
            SELECT contact.commercial_partner_id AS partner_id, kind.code AS kind,
                   %(day)s AS occurred_on, %(factor)s AS factor,
                   complaint.id AS res_id
              FROM crm_complaint AS complaint
        CROSS JOIN LATERAL (SELECT %(kind)s AS code) AS kind
              JOIN res_partner AS contact ON contact.id = complaint.partner_id
              JOIN res_partner AS customer
                ON customer.id = contact.commercial_partner_id
              JOIN %(own)s
             WHERE complaint.state IN %(states)s %(only)s
            """,
            factor=self._get_complaint_factor(),
            kind=self._get_complaint_kind(),
            day=local_day(
                SQL("COALESCE(complaint.closed_at, complaint.registered_at)"),
                SQL("own.tz"),
            ),
            own=self._get_company_of_sql("own", "customer"),
            states=(*OPEN, "closed"),
            only=self._get_evidence_filter("contact", partner_ids),
        )

    @api.model
    def _get_complaint_kind(self):
        """Return as which kind of evidence a complaint counts."""
        return SQL(
            """
            CASE WHEN complaint.state = 'closed' AND EXISTS (
                      SELECT FROM crm_complaint_event AS event
                       WHERE event.complaint_id = complaint.id
                         AND event.kind = 'confirmed'
                         AND event.round = complaint.round)
                 THEN 'complaint_settled'
                 WHEN complaint.state = 'closed' THEN 'complaint_unsettled'
                 WHEN complaint.severity IN %s THEN 'complaint_serious'
                 ELSE 'complaint_open' END
            """,
            SERIOUS,
        )

    @api.model
    def _get_complaint_factor(self):
        """Return how much a complaint counts: what was settled speaks for us alike,
        whatever it was."""
        return SQL(
            """
            CASE WHEN kind.code = 'complaint_settled' THEN 1
                 WHEN complaint.severity = '1' THEN 0.5
                 WHEN complaint.severity = '3' THEN 2
                 WHEN complaint.severity = '4' THEN 3
                 ELSE 1 END::numeric
            """
        )

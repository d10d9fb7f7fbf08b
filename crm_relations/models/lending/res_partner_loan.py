from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.tally import Tally


class ResPartner(models.Model):
    """What is lent of a customer, and what becomes of it when the customer goes."""

    _inherit = "res.partner"

    loan_ids = fields.One2many(
        comodel_name="crm.archive.loan",
        inverse_name="partner_id",
        string="Loans",
        readonly=True,
    )
    loan_count = fields.Integer(
        string="Loans of Confidential Parts", compute="_compute_tallies"
    )

    def _get_tallies(self):
        counted = Domain("state", "in", ("asked", "approved"))
        return super()._get_tallies() | {
            "loan_count": Tally("crm.archive.loan", "partner_id", counted, "loan_ids"),
        }

    def action_view_loans(self):
        """Open what is asked for and lent of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_archive_loan_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [
                ("partner_id", "=", customer.id),
                ("state", "in", ("asked", "approved")),
            ],
            "context": {},
        }

    def _owner_changed(self, kind):
        """Nothing is lent of what goes into a pool, and nobody borrows from himself. A
        new owner finds what the former one has lent, and may revoke it."""
        result = super()._owner_changed(kind)
        if self and kind != "create":
            self._end_loans_of_change()
        return result

    def _end_loans_of_change(self):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_archive_loan AS loan
                   SET state = 'ended', ended_at = %(now)s, ended_by_id = %(uid)s,
                       ending = CASE WHEN loan.user_id = partner.user_id THEN 'owner'
                                     ELSE 'pool' END,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM res_partner AS partner
                 WHERE partner.id = loan.partner_id
                   AND loan.partner_id = ANY(%(ids)s)
                   AND loan.state IN ('asked', 'approved')
                   AND (partner.pool_id IS NOT NULL AND partner.user_id IS NULL
                        OR loan.user_id = partner.user_id)
             RETURNING loan.id
                """,
                ids=self.ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        if rows:
            self.env["crm.archive.loan"].invalidate_model()

    def _customers_join(self, customer_by_id):
        result = super()._customers_join(customer_by_id)
        self.env["crm.archive.loan"]._end_of(
            [("partner_id", "in", self.ids)], "archived"
        )
        return result

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.archive.loan"}

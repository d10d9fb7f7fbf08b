from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.arguments import Answers, Text

IN_FORCE = Domain("state", "=", "approved")


class ResPartner(models.Model):
    """Which customers are key accounts: told by their nominations, so that contacts
    have no column more."""

    _inherit = "res.partner"

    is_key_account = fields.Boolean(
        string="Key Account",
        compute="_compute_key_account",
        search="_search_is_key_account",
    )
    key_account_reason = fields.Json(
        string="Why a Key Account", compute="_compute_key_account"
    )

    @api.depends("active")
    @api.depends_context("lang", "uid")
    def _compute_key_account(self):
        # Superuser: that a customer is key, and why, is no secret to who reads it.
        nominations = self.env["crm.key.account.nomination"].sudo()
        customers = self.sudo().commercial_partner_id
        found = nominations.search(
            [("partner_id", "in", customers.ids), *IN_FORCE]
        ).grouped("partner_id")
        for partner in self:
            customer = partner.sudo().commercial_partner_id
            one = found.get(customer, nominations)
            partner.is_key_account = bool(one) and partner == customer
            partner.key_account_reason = partner.is_key_account and one._explain_to(
                self.env
            )

    @api.model
    def _search_is_key_account(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", self._get_key_accounts_sql())]

    @api.model
    def _get_key_accounts_sql(self):
        # Superuser: as above.
        nominations = self.env["crm.key.account.nomination"].sudo()
        return nominations._search(IN_FORCE).subselect("partner_id")

    def _customers_join(self, customer_by_id):
        """Who is no customer of its own any more is no key account either."""
        result = super()._customers_join(customer_by_id)
        # Superuser: also nominations that who moves the contact may not read.
        nominations = self.env["crm.key.account.nomination"].sudo()
        for one in nominations.search(
            [("partner_id", "in", self.ids), ("state", "in", ("asked", "approved"))]
        ):
            customer = self.sudo().browse(customer_by_id[one.partner_id.id])
            word = self.env._("It belongs to %s now.", customer.name)
            if one.state == "approved":
                one._end(word)
            else:
                one.write({"state": "refused", "refusal_reason": word})
        return result

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Customers are grouped by whether they are key accounts."""
        if groupby_spec != "is_key_account":
            return super()._read_group_groupby(alias, groupby_spec, query)
        return SQL(
            "(%s IN %s)", SQL.identifier(alias, "id"), self._get_key_accounts_sql()
        )

    def nominate_key_account(self, reason: Text = "") -> Answers:
        """Make a draft of a nomination of each of these customers, to be judged and
        then sent; whoever sees the customer may.

        :param reason: why it is key
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (no customer; nominated or key already)
        """
        known = self.exists()
        missing = self.env._("It does not exist any more.")
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        drafts = self.env["crm.key.account.nomination"]
        for customer in known:
            problem = customer._get_nomination_problem()
            if problem:
                refusals[customer.id] = problem
            else:
                drafts.create({"partner_id": customer.id, "reason": reason.strip()})
        return self._get_transfer_answers(
            refusals, self.env._("Prepared: judge it, then nominate.")
        )

    def _get_nomination_problem(self):
        """Return why this cannot be nominated, as (code, message), or None."""
        nominations = self.env["crm.key.account.nomination"]
        if not self.has_access("read") or not nominations.has_access("create"):
            return "no_right", self.env._("You do not see this customer.")
        # Superuser: what it is, and whether somebody else has nominated it.
        problem = nominations._get_customer_problem(self.sudo())
        if problem:
            return "blocked", problem
        domain = [("partner_id", "=", self.id), ("state", "in", ("asked", "approved"))]
        if nominations.sudo().search_count(domain, limit=1):
            return "blocked", self.env._(
                "%s is nominated, or a key account, already.", self.name
            )
        return None

    def action_nominate_key_account(self):
        """Open the nomination of this customer: the one there is, or a new one."""
        self.ensure_one()
        nominations = self.env["crm.key.account.nomination"]
        found = nominations.search(
            [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("state", "in", ("draft", "asked", "approved")),
            ],
            limit=1,
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key Account"),
            "res_model": nominations._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": found.id,
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

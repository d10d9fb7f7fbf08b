import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.retries import retry
from ...tools.suite import is_ours

PAGE = 10000
WHOSE = ("commercial_partner_id", "is_managed_customer")
DEFAULT = re.compile("default_").match


class ResPartner(models.Model):
    """Who is a customer, whose rules judge it, and who may see what we say of it."""

    _inherit = "res.partner"

    # What Odoo alone decides who may read and write; see res_partner_quick.py.
    _open_fields = frozenset()
    # What stands in Odoo's own forms and lists of contacts: the client fails on a field
    # there that a colleague without a role does not get.
    _told_to_colleagues = frozenset()

    is_managed_customer = fields.Boolean(
        string="Managed Customer",
        compute="_compute_is_managed_customer",
        store=True,
        readonly=False,
        written_by="place",
        help="Its relationship is looked after here: tier, public pool and care "
        "apply. Contacts belong to their customer and are not managed themselves.",
    )
    user_id = fields.Many2one(index="btree_not_null")

    # The pages of the nightly jobs, and the lists where most contacts are none of ours.
    _managed_idx = models.Index("(id) WHERE is_managed_customer")

    @api.depends("commercial_partner_id")
    def _compute_is_managed_customer(self):
        for partner in self:
            if partner.commercial_partner_id != partner:
                partner.is_managed_customer = False

    @api.constrains("is_managed_customer", "parent_id")
    def _check_is_managed_customer(self):
        # Superuser: also who may not see the field must be told.
        for partner in self.sudo().filtered("is_managed_customer"):
            if partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(customer)s: only the customer "
                        "itself can be a managed customer.",
                        contact=partner.display_name,
                        customer=partner.commercial_partner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("default_is_managed_customer"):
            # The defaults of our actions are meant for the customer. Odoo hands them
            # on to the persons that are added to one.
            for vals in vals_list:
                if vals.get("parent_id"):
                    vals.setdefault("is_company", False)
                    vals.setdefault("is_managed_customer", False)
        return super(ResPartner, self._without_decided_defaults()).create(vals_list)

    @api.model
    def default_get(self, fields):
        return super(ResPartner, self._without_decided_defaults()).default_get(fields)

    @api.model
    def _without_decided_defaults(self):
        """Forget defaults of what rules decide: a board grouped by tier names one for
        each new customer, and Odoo would refuse to create it."""
        if self.env.su or not any(map(DEFAULT, self.env.context)):
            return self
        decided = self._get_decided_fields()
        context = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_") or key[len("default_") :] not in decided
        }
        if len(context) == len(self.env.context):
            return self
        return self.with_context(context)  # pylint: disable=context-overridden

    def copy_data(self, default=None):
        """Who may not see what the suite knows copies a contact without it."""
        hidden = {
            name: False
            for name, field in self._fields.items()
            if field.copy and not self._has_field_access(field, "read")
        }
        copies = super().copy_data(hidden | dict(default or {}))
        for values in copies:
            for name in hidden:
                values.pop(name, None)
        return copies

    def _has_field_access(self, field, operation):
        """What the suite knows of a customer is for its roles: neither for the customer
        in the portal nor for colleagues without a role. What a rule has decided is
        written by nobody."""
        # Asked whenever a value is read: of Odoo's fields nothing is asked twice.
        if field.name in self._open_fields and not field.groups:
            return True
        allowed = super()._has_field_access(field, operation)
        if self.env.su or not allowed or not is_ours(field):
            return allowed
        return self._is_ours_for(field, operation)

    def _is_ours_for(self, field, operation):
        """Return whether the user may read or write a field of the suite."""
        if operation == "write" and self._get_answers().get(field.name) == "decided":
            return False
        if operation == "read" and field.name in self._told_to_colleagues:
            return self.env.user._is_internal()
        return self.env.user.has_group("crm_relations.group_user")

    def _filter_managed(self):
        """Return the managed customers among these; who asks need not see who is."""
        known = self._fields["is_managed_customer"]._get_cache(self.env)
        # Of a hundred contacts that are all none, as of one.
        if not self._is_pending("is_managed_customer") and known.keys() >= set(
            self._ids
        ):
            if not any(map(known.get, self._ids)):
                return self.browse()
        # Superuser: as above.
        managed = self.sudo().filtered("is_managed_customer")
        # What is read of one is read of all, as it would be of these.
        return self.browse(managed._ids).with_prefetch(self._prefetch_ids)

    def _get_their_customers(self):
        """Return, as superuser, the customers to which these belong, managed or not;
        of a contact that nobody has read yet no more is read than that."""
        # Superuser: who asks need not see who is a customer.
        contacts = self.sudo()
        contacts.fetch(WHOSE)
        customers = contacts.commercial_partner_id
        customers.fetch(WHOSE)
        return customers

    def _become_managed_customers(self):
        """Take the customers of these partners into care, if they are not yet.

        Called where a partner starts to trade with us. Our own companies and the
        people who work here, with a login or without, are no customers.

        :return: those who have become customers now, as superuser
        """
        customers = self.sudo().commercial_partner_id.filtered(
            lambda partner: (
                not partner.is_managed_customer
                and partner.partner_share
                and not partner.employee
            )
        )
        if not customers:
            return customers
        ours = self.env["res.company"]._get_all_for_relations().partner_id
        customers -= ours
        if customers:
            customers._write_ours({"is_managed_customer": True})
        return customers

    @api.model
    def _for_pages_of_customers(self, step):
        """Call ``step(ids)`` for all customers, a page at a time, each page in a
        transaction of its own. For jobs only: it commits."""
        last = 0
        while ids := self._get_page_of_customers(last):
            retry(self.env, lambda page=ids: step(page))
            self.env["ir.cron"]._commit_progress(0)
            last = ids[-1]

    @api.model
    def _get_page_of_customers(self, after, limit=PAGE):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE is_managed_customer AND id > %s "
                "ORDER BY id LIMIT %s",
                after,
                limit,
            )
        )
        return [number for (number,) in rows]

    def _get_latest_changes(self, model):
        """Return ``{partner id: latest line}`` of a decision ledger; one query."""
        # Superuser: what was decided last, to who may read the customer.
        ledger = self.env[model].sudo()
        ids = tuple(self._origin.ids)
        if not ids:
            return {}
        ledger.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (partner_id) partner_id, id
                  FROM %s
                 WHERE partner_id IN %s
              ORDER BY partner_id, decided_at DESC, id DESC
                """,
                SQL.identifier(ledger._table),
                ids,
            )
        )
        return {partner_id: ledger.browse(line_id) for partner_id, line_id in rows}

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.arguments import Answers, Codes, Given, Text
from ...tools.counted import tell_days
from .crm_archive_loan import PARTS


class ResPartner(models.Model):
    """Who has no right sees that something is there, not what, and may ask for it."""

    _inherit = "res.partner"

    closed_parts = fields.Char(
        compute="_compute_closed_parts",
        help="What there is of this customer that you may not open.",
    )

    @api.depends("user_id", "person_profile_ids", "document_ids")
    @api.depends_context("uid", "lang")
    def _compute_closed_parts(self):
        rows = self._count_closed()
        for partner in self:
            found = rows.get(partner._origin.id, {})
            partner.closed_parts = " · ".join(partner._tell_closed(found))

    def _count_closed(self):
        """Return ``{customer id: {part: number that the caller may not open}}``."""
        others = self._origin - self.browse(
            self._origin._get_open_rights(self.env.user)
        )
        if not others:
            return {}
        parts = [
            others._get_closed_sql(code, model, column)
            for code, (model, column) in self._get_closed_models().items()
        ]
        found = {}
        for code, number, count in self.env.execute_query(
            SQL(" UNION ALL ").join(parts)
        ):
            found.setdefault(number, {})[code] = count
        return found

    @api.model
    def _get_closed_models(self):
        """Return ``{part: (model of its records, column of their customer)}``."""
        return {
            "profiles": ("crm.person.profile", "customer_id"),
            "documents": ("crm.customer.document", "customer_id"),
        }

    def _get_closed_sql(self, code, model, column):
        records = self.env[model]
        readable = SQL("FALSE")
        if records.has_access("read"):
            found = records._search([(column, "in", self._origin.ids)])
            readable = SQL("id IN %s", found.subselect())
        return SQL(
            """
            SELECT %(code)s, %(column)s, count(*) FROM %(table)s
             WHERE %(column)s = ANY(%(ids)s) AND NOT (%(readable)s)
          GROUP BY %(column)s
            """,
            code=code,
            column=SQL.identifier(column),
            table=SQL.identifier(records._table),
            ids=self._origin.ids,
            readable=readable,
        )

    def _tell_closed(self, counts):
        """Return a sentence for each part that is closed."""
        told = []
        if count := counts.get("profiles"):
            told.append(self.env._("Person profiles: %(count)s, closed", count=count))
        if count := counts.get("documents"):
            told.append(self.env._("Documents: %(count)s, closed", count=count))
        return told

    def ask_for_access(
        self, parts: Codes, purpose: Text, until: Given, since: Given = None
    ) -> Answers:
        """Ask that what is confidential of these customers is lent to the caller;
        somebody else approves it.

        :param parts: of profiles, documents and card, at least one
        :param purpose: what for
        :param until: the last day (date or ISO text)
        :param since: the first day; empty: today
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (nothing chosen, no purpose, a day that is none,
            too long, open to the caller anyway, asked for or lent already, no customer)
        """
        known = self.browse(dict.fromkeys(self.ids)).exists()
        missing = self.env._("It does not exist any more.")
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        since = self._read_last_day(since) or None
        until = self._read_last_day(until)
        days = known._get_loan_days()
        asked = {
            "parts": parts or [],
            "purpose": purpose.strip(),
            "rights": known._get_open_rights(self.env.user),
            "loans": known._find_open_loans(self.env.user),
            "days": days,
        }
        for customer in known:
            first = since or days[customer.id]
            problem = customer._get_ask_refusal(asked, first, until)
            if problem:
                refusals[customer.id] = problem
        # Superuser: whoever may ask need not own them.
        free = known.filtered(lambda one: one.id not in refusals).sudo()
        loans = self.env["crm.archive.loan"]._create_loans(
            [
                customer._prepare_loan_vals(
                    asked["parts"],
                    asked["purpose"],
                    since or days[customer.id],
                    until,
                )
                for customer in free
            ]
        )
        loans._tell_deciders()
        done = self.env._("Asked for: it opens once somebody else approves it.")
        return self._get_transfer_answers(refusals, done)

    def _get_loan_days(self):
        """Return ``{id: today}``, from which a loan begins that names no first day."""
        # Superuser: the clock of a customer's company is no secret.
        return {one.id: one._get_relation_today() for one in self.sudo()}

    def _get_ask_refusal(self, asked, since, until):
        """Return (code, message) of what stands against it, or None.

        :param asked: parts and purpose; ``rights`` to what is open anyway and ``loans``
            that are open, and the present ``days``, all by customer
        """
        if self._is_outsider() or not self.has_access("read"):
            return "no_right", self.env._("You may not open this customer.")
        # Superuser: what the customer is, and what is lent of it.
        customer = self.sudo()
        message = (
            customer._get_loan_obstacle(asked)
            or customer._get_loan_days_refusal(since, until, asked["days"][self.id])
            or customer._get_loans_refusal(asked, since, until)
        )
        return message and ("blocked", message)

    def _get_loan_obstacle(self, asked):
        if not asked["parts"] or not set(asked["parts"]).issubset(PARTS):
            return self.env._("Choose what you need.")
        if not asked["purpose"]:
            return self.env._("Say what you need it for.")
        if not (self.is_managed_customer and self.active):
            return self.env._("It is no customer.")
        if self.id in asked["rights"]:
            return self.env._("You may open it without a loan.")
        return None

    def _get_loans_refusal(self, asked, since, until):
        """Return which loan stands against these days, or None."""
        loans = asked["loans"].get(self.id)
        if not loans:
            return None
        return self._get_overlap_refusal(loans, asked["parts"], since, until)

    def _get_loan_days_refusal(self, since, until, today):
        """Return what is wrong with these days, or None."""
        is_day = isinstance(since, type(today)) and isinstance(until, type(today))
        if not is_day:
            return self.env._("Give the last day.")
        if since < today:
            return self.env._("The first day has passed already.")
        if until < since:
            return self.env._("A loan ends after it begins.")
        most = self._get_relation_company().loan_days_most
        if (until - since).days >= most:
            return self.env._("A loan lasts at most %s.", tell_days(self.env, most))
        if (since - today).days > most:
            return self.env._("A loan begins within %s.", tell_days(self.env, most))
        return None

    def _find_open_loans(self, user):
        """Return ``{customer id: open loans of the user}``."""
        # Superuser: one's own loans, as they are now.
        loans = self.env["crm.archive.loan"].sudo()
        found = loans.search(
            [
                ("partner_id", "in", self.ids),
                ("user_id", "=", user.id),
                ("state", "in", ("asked", "approved")),
            ]
        )
        return {one.id: some for one, some in found.grouped("partner_id").items()}

    def _get_overlap_refusal(self, loans, parts, since, until):
        """Return which of these loans stands in the way, or None."""
        twins = loans.filtered(
            lambda loan: (
                loan.since <= until
                and loan.until >= since
                and any(loan[PARTS[part]] for part in parts)
            )
        )
        if not twins:
            return None
        day = self.env.user._tell_day(twins[0].until)
        if twins[0].state == "asked":
            return self.env._(
                "You have asked for it until %(day)s already: wait for the answer.",
                day=day,
            )
        return self.env._(
            "It is lent to you until %(day)s already: extend that loan.", day=day
        )

    def _prepare_loan_vals(self, parts, purpose, since, until):
        return {
            "partner_id": self.id,
            "user_id": self.env.uid,
            **{PARTS[part]: True for part in parts},
            "purpose": purpose,
            "since": since,
            "until": until,
            "state": "asked",
            "asked_at": fields.Datetime.now(),
        }

    def action_open_profile(self):
        """Where the profile is closed, ask for access instead."""
        profiles = self.profile_ids._filtered_access("read")
        # Superuser: that there is a profile, not what it says.
        if not profiles and self.sudo().profile_ids:
            return self.action_ask_for_access()
        action = super().action_open_profile()
        if profiles and not profiles.has_access("write"):
            action["context"] = {**action["context"], "edit": False, "create": False}
        return action

    def action_ask_for_access(self):
        """Open the dialog that asks for what is closed of these customers."""
        customers = self.commercial_partner_id
        return self.env["crm.archive.loan.wizard"]._open_for(customers)

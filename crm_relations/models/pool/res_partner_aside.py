from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.arguments import Answers, Day, Text

MOST_DAYS = 3650


class ResPartner(models.Model):
    """Pool customers whom the pool does not offer until a day. They are in none of its
    lists, and nobody takes them or gets them; who runs the pool has a list of them.
    Contacts of Odoo are no list of the pool: the name stands there all the time, and
    numbers are hidden as the pool hides those of others."""

    _inherit = "res.partner"

    pool_aside_until = fields.Date(
        string="Put Aside Until",
        compute="_compute_pool_aside_until",
        help="Until this day the pool does not offer it: it is in none of its lists, "
        "and nobody claims it or is given it. Its name still stands among the "
        "contacts. Told to who runs the pool.",
    )

    @api.depends("pool_id")
    @api.depends_context("uid")
    def _compute_pool_aside_until(self):
        until = self._origin._get_aside_until()
        for partner in self:
            # Superuser: who runs the pool.
            runs = (
                partner.sudo().pool_id._has_manager(self.env.user) if until else False
            )
            partner.pool_aside_until = runs and until.get(partner._origin.id, False)

    def _get_aside_until(self):
        """Return ``{customer id: the day on which it comes back}`` of those among these
        that are put aside; one statement."""
        if not self.ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT * FROM (%s) AS put WHERE partner_id = ANY(%s)",
                    self.env["crm.pool.aside"]._get_in_force_sql(),
                    self.ids,
                )
            )
        )

    def _compute_is_in_my_pool(self):
        result = super()._compute_is_in_my_pool()
        for partner in self.browse(self._origin._get_aside_until()):
            partner.is_in_my_pool = False
        return result

    @api.model
    def _search_is_in_my_pool(self, operator, value):
        domain = super()._search_is_in_my_pool(operator, value)
        if domain is NotImplemented:
            return domain
        return domain & ~self._get_aside_domain()

    @api.model
    def _get_aside_domain(self):
        put = self.env["crm.pool.aside"]._get_in_force_sql()
        return Domain("id", "in", SQL("(SELECT partner_id FROM (%s) AS put)", put))

    def pool_put_aside(self, until: Day, reason: Text) -> Answers:
        """Let the pool offer these customers to nobody until a day.

        The managers of the pool may, relations managers and administrators. Until then
        they are in no list of the pool, and nobody claims them or is given them; among
        Odoo's contacts their names still stand. Put aside anew, the new day holds.

        :param until: the day on which they are back: tomorrow at the earliest, in ten
            years at the latest (date or ISO text)
        :param reason: why; kept in the history
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, taken, not_in_pool, blocked (archived, or the message
            tells what is wrong with the call)
        """
        reason = reason.strip()
        refusals = self._get_pool_refusals()
        put = self.browse(number for number in self.ids if number not in refusals)
        # Superuser: pool and company of customers whose pool the caller runs.
        for partner in put.sudo():
            if wrong := partner._get_aside_refusal(until, reason):
                refusals[partner.id] = ("blocked", wrong)
        put = self.browse(number for number in self.ids if number not in refusals)
        # Superuser: nobody writes lines; who may was decided above.
        put.sudo()._write_aside(until, reason, self.env.uid)
        return self._get_transfer_answers(
            refusals,
            self.env._(
                "The pool offers it to nobody until %(day)s.",
                day=self.env.user._tell_day(until),
            ),
        )

    def pool_take_back(self) -> Answers:
        """Let the pool offer these customers again, before their day.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, taken, not_in_pool, blocked (not put aside)
        """
        refusals = self._get_pool_refusals()
        until = self._get_aside_until()
        blocked = self.env._("It is not put aside.")
        for number in self.ids:
            if number not in until:
                refusals.setdefault(number, ("blocked", blocked))
        back = [number for number in self.ids if number not in refusals]
        # Superuser: nobody writes lines; who may was decided above.
        lines = self.env["crm.pool.aside"].sudo()
        lines._find_in_force(back)._end()
        return self._get_transfer_answers(
            refusals, self.env._("The pool offers it again.")
        )

    def action_pool_put_aside(self):
        return self._open_pool_wizard("crm.pool.aside.wizard", self.env._("Put Aside"))

    def action_pool_take_back(self):
        answers = self.pool_take_back()
        return self.env["crm.answer.summary"]._open_or_refuse(answers)

    def _get_aside_refusal(self, until, reason):
        """Return what is wrong with the call, or None."""
        if not reason:
            return self.env._("Give the reason.")
        today = self._get_relation_today()
        if not until or not today < until <= today + timedelta(days=MOST_DAYS):
            return self.env._(
                "The day on which it is back is tomorrow or later, and within ten "
                "years."
            )
        return None

    def _write_aside(self, until, reason, uid):
        lines = self.env["crm.pool.aside"]
        lines._find_in_force(self.ids)._end()
        now = fields.Datetime.now()
        # Also the customer's row, so that a claim of the same moment meets it: whoever
        # comes second looks again.
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET write_date = %s WHERE id = ANY(%s)",
                now,
                self.ids,
            )
        )
        lines.create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": partner._get_own_company().id,
                    "pool_id": partner.pool_id.id,
                    "until": until,
                    "reason": reason,
                    "put_by_id": uid,
                    "put_at": now,
                }
                for partner in self
            ]
        )
        self.invalidate_recordset(["pool_aside_until", "is_in_my_pool"])

    def _get_aside_refusals(self):
        """Return ``{id: (code, message)}`` of those that nobody gets for now."""
        return {
            number: (
                "put_aside",
                self.env._(
                    "It is put aside until %(day)s: who runs its pool takes it back "
                    "before.",
                    day=self.env.user._tell_day(day),
                ),
            )
            for number, day in self._get_aside_until().items()
        }

    def _owner_changed(self, kind):
        """Whoever has a salesperson is not put aside any more, nor later."""
        result = super()._owner_changed(kind)
        if self and kind != "create":
            self.env.flush_all()
            self.env.execute_query(
                SQL(
                    """
                    UPDATE crm_pool_aside AS aside
                       SET active = FALSE, ended_at = %s
                      FROM res_partner AS partner
                     WHERE partner.id = aside.partner_id AND aside.active
                       AND partner.user_id IS NOT NULL AND partner.id = ANY(%s)
                 RETURNING aside.id
                    """,
                    fields.Datetime.now(),
                    self.ids,
                )
            )
            self.env["crm.pool.aside"].invalidate_model()
        return result

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.pool.aside"}

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "aside": {
                "label": self.env._("Put Aside"),
                "icon": "fa-eye-slash",
                "model": "crm.pool.aside",
                "date": "put_at",
            },
        }

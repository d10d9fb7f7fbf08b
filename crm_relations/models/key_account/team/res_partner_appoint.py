from datetime import date, timedelta

from odoo import api, models

from ....tools.arguments import Answers, Given, Id, Text

# Beyond it a day is a slip of the hand; what has no end has no last day.
LATEST_DAYS = timedelta(days=100 * 365)


class ResPartner(models.Model):
    """Appoint colleagues to the team of a customer: who may, and what is against it."""

    _inherit = "res.partner"

    def team_appoint(
        self,
        user_id: Id,
        role_id: Id,
        since: Given = None,
        until: Given = None,
        note: Text = "",
    ) -> Answers:
        """Give a colleague a role in the team of these customers.

        The salesperson of the customer may, the leader of the team, Sales
        Administrators and relations managers. The colleague gets one message.

        :param user_id: id of the colleague
        :param role_id: id of the role; its access takes effect on the first day
        :param since: the first day (date or ISO text); empty: today
        :param until: the last day; empty: until somebody ends it
        :param note: what for, in a few words
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (the message says what: no customer or in a pool,
            no such role, days that are none or in no order, a colleague who left or may
            not enter the company, a role on these days already, another account
            manager)
        """
        role = self.env["crm.account.team.role"].browse(role_id).exists()
        user = self._get_receivers({user_id})[user_id]
        days = self._read_last_day(since), self._read_last_day(until)
        refusals = self._get_team_refusals(user, role, *days)
        free = self.browse(
            dict.fromkeys(number for number in self.ids if number not in refusals)
        )
        # Superuser: nobody makes members directly; who may was decided above.
        members = self.env["crm.account.team.member"].sudo()
        members.create(
            [
                {
                    "partner_id": customer.id,
                    "user_id": user.id,
                    "role_id": role.id,
                    "access": role.access,
                    "is_manager": role.is_manager,
                    "since": days[0] or customer._get_relation_today(),
                    "until": days[1],
                    "note": note.strip(),
                    "appointed_by_id": self.env.uid,
                }
                for customer in free
            ]
        )
        free._apply_team_access()
        members._trigger_next()
        free._tell_appointed(user, role)
        done = self.env._("%(user)s is in the team.", user=user.name or "")
        return self._get_transfer_answers(refusals, done)

    def _tell_appointed(self, user, role):
        """Send the colleague one message, in the own language."""
        if self:
            env = self.with_context(lang=user.lang).env
            word = env._("You are in the account team: %s", role.with_env(env).name)
            stays = self.env["crm.pool.stay"]
            stays._tell_of(self, user, word, path="shared-customers")

    def _filter_may_appoint(self):
        """Return those to whose team the caller appoints."""
        if self.env.su or self._decides_for_all():
            return self._filtered_access("read")
        user = self.env.user
        if not user.has_group("crm_relations.group_sales_user"):
            return self.browse()
        # Superuser: the owner, and who leads the owner's team.
        return self._filtered_access("read").filtered(
            lambda partner: (
                partner.sudo().user_id == user or partner.sudo()._is_led_by(user)
            )
        )

    @api.model
    def _get_no_appointer_word(self):
        return self.env._(
            "Only the salesperson of the customer, the leader of the team, a Sales "
            "Administrator or a relations manager appoints its team."
        )

    def _get_team_refusals(self, user, role, since, until):
        """Return ``{id: (code, message)}`` of those to whose team ``user`` cannot be
        appointed.

        :param user: as superuser; empty: there is none
        """
        known = self.browse(set(self.ids)).exists()
        allowed = known._filter_may_appoint()
        missing = self.env._("It does not exist any more.")
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        denied = ("no_right", self._get_no_appointer_word())
        refusals |= dict.fromkeys((known - allowed).ids, denied)
        general = self._get_appointment_refusal(user, role)
        # Superuser: pool, company and team of customers that the caller may staff.
        for customer in allowed.sudo():
            word = general or customer._get_member_refusal(user, role, since, until)
            if word:
                refusals[customer.id] = ("blocked", word)
        return refusals

    @api.model
    def _get_appointment_refusal(self, user, role):
        """Return what is against this colleague or this role anywhere, or None."""
        if not role or not role.active:
            return self.env._("Role: choose one that is in use.")
        if not user:
            return self.env._("This colleague does not exist.")
        if not user.active:
            return self.env._(
                "%(user)s has left: choose somebody who works here.", user=user.name
            )
        if user.share or not user.has_group("crm_relations.group_user"):
            return self.env._(
                "%(user)s has no role in Customer Relations.", user=user.name
            )
        return None

    def _get_member_refusal(self, user, role, since, until):
        """Return why this customer cannot have this member, or None."""
        if word := self.env["crm.key.account.nomination"]._get_customer_problem(self):
            return word
        if self.pool_id:
            return self.env._(
                "%s is in a public pool: nobody works with it.", self.display_name
            )
        if not self.company_id <= user._get_open_companies():
            # Superuser: the name of a company that the caller may not enter either.
            return self.env._(
                "%(user)s may not enter the company %(company)s.",
                user=user.name,
                company=self.company_id.sudo().name,
            )
        first = since or self._get_relation_today()
        return self._get_days_refusal(first, until) or self._get_team_overlap(
            user, role.is_manager, first, until
        )

    def _get_days_refusal(self, since, until):
        """Return what is wrong with the days of a role, or None."""
        today = self._get_relation_today()
        refusal = self._get_first_day_refusal(since, today)
        if refusal or not until:
            return refusal
        return self._get_last_day_refusal(since, until, today)

    def _get_first_day_refusal(self, since, today):
        if not isinstance(since, date):
            return self.env._("First Day: this is not a date.")
        if abs(since - today) > LATEST_DAYS:
            return self.env._("First Day: it is more than a hundred years away.")
        return None

    def _get_last_day_refusal(self, since, until, today):
        if not isinstance(until, date):
            return self.env._("Last Day: this is not a date.")
        if until < since:
            return self.env._("Last Day: it comes before the first day.")
        if until < today:
            return self.env._("Last Day: it has passed already.")
        if until - today > LATEST_DAYS:
            return self.env._(
                "Last Day: it is more than a hundred years away. Leave it empty for a "
                "role without an end."
            )
        return None

    def _get_team_overlap(self, user, is_manager, since, until, member=None):
        """Return who stands against it on some of these days, or None.

        :param is_manager: whether there is one at a time in the role
        :param member: the line that is changed; None: it is a new one
        """
        # Superuser: also members that the caller does not see.
        members = self.env["crm.account.team.member"].sudo()
        found = members.search(
            [
                ("partner_id", "=", self.id),
                ("state", "=", "open"),
                ("id", "!=", member.id if member else 0),
                *("|", ("until", "=", False), ("until", ">=", since)),
                *([("since", "<=", until)] if until else []),
            ],
            order="since, id",
        ).with_env(self.env)
        # Superuser: their names.
        for other in found.sudo():
            words = {
                "user": other.user_id.name,
                "role": other.role_id.name,
                "days": other._tell_days(),
            }
            if other.user_id == user:
                return self.env._(
                    "%(user)s is in the team already as %(role)s (%(days)s): end that "
                    "first, or choose other days.",
                    **words,
                )
            if other.is_manager and is_manager:
                return self.env._(
                    "There is one at a time: %(user)s is %(role)s (%(days)s). End that "
                    "first, or choose other days.",
                    **words,
                )
        return None

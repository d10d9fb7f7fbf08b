from datetime import datetime, timezone
from urllib.parse import urlsplit

from dateutil.parser import isoparse
from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, ValidationError
from odoo.tools import mute_logger

from ...tools.arguments import Given
from ...tools.phone_numbers import digits_of, unwrap
from ...tools.sentences import join_words
from .crm_followup_person import EXCHANGE

DIRECTIONS = {
    **dict.fromkeys(("in", "inbound", "incoming"), "in"),
    **dict.fromkeys(("out", "outbound", "outgoing"), "out"),
}
LONGEST_SECONDS = 24 * 60 * 60
ANONYMOUS = "anonymous"  # RFC 3323, also as an address
LONGEST_CALLER = 64  # of an address at an exchange
LONGEST_CALL_ID = 200  # an index entry has its limits
# Nobody follows what a machine writes, and ten thousand calls need no ten thousand
# messages "created". These are keys of Odoo's mail.
SILENT = {"tracking_disable": True, "mail_create_nosubscribe": True}


class CrmFollowup(models.Model):
    """The interface for telephone exchanges."""

    _inherit = "crm.followup"

    @api.model
    def log_call(
        self,
        number: Given,
        direction: Given,
        started_at: Given,
        duration_seconds: Given,
        user_login: Given = None,
        recording_url: Given = None,
        call_id: Given = None,
    ):
        """Log a call that has ended; return the id of its follow-up.

        The customer is found by the number. A call of an unknown number is kept, to be
        assigned by hand; so is one that withholds its number ("anonymous", empty). A
        call that nobody answered (0 seconds) is kept as well, but counts as no
        follow-up.

        :param number: of the other side, in any usual spelling; without a country code
            it is one of the country of the user's company
        :param direction: ``in`` or ``out`` (also ``inbound``, ``outgoing`` ...)
        :param started_at: ISO 8601; without an offset it is UTC
        :param user_login: who of us talked; the caller of this method if not given
        :param recording_url: http or https
        :param call_id: the exchange's own key of the call: sent again, also at the same
            time, the call is not logged twice and the same id comes back
        :raise AccessError: the caller has no role here, or it is a colleague's call and
            the caller neither the exchange nor who answers for the colleague
        :raise ValidationError: one of the values is none; nothing is logged
        """
        self._check_may_log_calls()
        call_id = self._read_call_id(call_id)
        # Superuser: a call logged by a colleague is the same call.
        known = call_id and self.sudo().search([("call_id", "=", call_id)], limit=1)
        if known:
            return known.id
        user = self._get_call_user(user_login)
        vals = {
            **self._read_call(direction, started_at, duration_seconds, recording_url),
            "user_id": user.id,
            "call_id": call_id,
        }
        vals["purpose"] = self._get_call_purpose(vals["call_direction"], user)
        vals |= self._read_call_number(number, user)
        return self._create_call(vals).id

    def _check_may_log_calls(self):
        roles = ("crm_relations.group_sales_user", EXCHANGE)
        if not (self.env.su or any(map(self.env.user.has_group, roles))):
            raise AccessError(
                self.env._("Only sales users and the telephone exchange log calls.")
            )

    @api.model
    def _read_call_id(self, call_id):
        """Return the key as text; one that is empty is none."""
        key = "" if call_id is None or call_id is False else str(call_id).strip()
        if not isinstance(call_id, (str, int, type(None))) or not (
            len(key) <= LONGEST_CALL_ID and _is_text(key)
        ):
            raise ValidationError(
                self.env._(
                    "The ID of a call is a text of at most %(most)s characters.",
                    most=LONGEST_CALL_ID,
                )
            )
        return key or None

    @api.model
    def _get_call_user(self, login):
        if not login:
            return self.env.user
        login = str(login)
        # Superuser: who has talked may be in no company of the exchange's own user,
        # and may have left us since.
        users = self.env["res.users"].sudo().with_context(active_test=False)
        user = _is_text(login) and users.search(
            [("login", "=", login), ("share", "=", False)], limit=1
        )
        if not user:
            raise ValidationError(
                self.env._("No colleague has the login “%(login)s”.", login=login)
            )
        if not (self.env.su or self._may_log_call_of(user)):
            raise AccessError(
                self.env._(
                    "Calls of %(user)s are logged by %(user)s, the leader of the team, "
                    "a relations manager or whoever has the role “Telephone Exchange”.",
                    user=user.name,
                )
            )
        return user

    @api.model
    def _read_call(self, direction, started_at, duration_seconds, recording_url):
        seconds = self._read_seconds(duration_seconds)
        way = DIRECTIONS.get(str(direction).strip().lower())
        if not way:
            raise ValidationError(
                self.env._(
                    "The direction of a call is “in” or “out”, not “%(direction)s”.",
                    direction=direction,
                )
            )
        channel = "call" if seconds else "missed_call"
        return {
            "kind_id": self.env["crm.followup.kind"]._get_for_channel(channel).id,
            "date": self._read_start(started_at),
            "duration_minutes": -(-seconds // 60),
            "call_seconds": seconds,
            "call_direction": way,
            "recording_url": self._read_recording_url(recording_url),
        }

    @api.model
    def _get_call_purpose(self, direction, user):
        """Return what stands there until somebody writes more, as ``user`` reads it."""
        env = self.with_context(lang=user.lang).env
        return env._("Incoming call") if direction == "in" else env._("Outgoing call")

    @api.model
    def _read_seconds(self, duration_seconds):
        try:
            seconds = float(duration_seconds)
            if isinstance(duration_seconds, bool):
                raise ValueError
        except (TypeError, ValueError):
            seconds = -1
        if not 0 <= seconds <= LONGEST_SECONDS:
            raise ValidationError(
                self.env._(
                    "The duration of a call is a number of seconds from 0 to %(most)s, "
                    "not “%(duration)s”.",
                    most=LONGEST_SECONDS,
                    duration=duration_seconds,
                )
            )
        return round(seconds)

    @api.model
    def _read_start(self, started_at):
        try:
            start = started_at
            if not isinstance(started_at, datetime):
                start = isoparse(str(started_at).strip())
            if start.tzinfo:
                start = start.astimezone(timezone.utc).replace(tzinfo=None)
        except (ValueError, OverflowError):
            raise ValidationError(
                self.env._(
                    "“%(start)s” is no time in ISO 8601, such as "
                    "2026-03-02T09:30:00+08:00.",
                    start=started_at,
                )
            ) from None
        return start.replace(microsecond=0)

    @api.model
    def _read_recording_url(self, url):
        try:
            parts = urlsplit(str(url or "").strip())
        except ValueError:
            parts = urlsplit("wrong:")
        if not url:
            return False
        is_web = parts.scheme in ("http", "https") and parts.netloc
        if not is_web or not _is_text(parts.geturl()):
            raise ValidationError(
                self.env._("The recording “%(url)s” is no web address.", url=url)
            )
        return parts.geturl()

    @api.model
    def _read_call_number(self, number, user):
        """Return the values that the number gives: itself, and whose it is. What is no
        number, as a caller who withholds it, is nobody's."""
        digits, found, is_certain = self._read_number(number, user.company_id)
        if not digits:
            return {"call_number": self._read_caller(number), "call_match": "unknown"}
        if not found:
            return {"call_number": digits, "call_match": "unknown"}
        vals = {"call_number": digits, "partner_id": found[:1].id}
        others = found.commercial_partner_id - found[:1].commercial_partner_id
        if others:
            names = join_words(self.env, others.mapped("display_name"))
            vals["content"] = self.env._("Also the number of %(names)s.", names=names)
            return {**vals, "call_match": "several"}
        return {**vals, "call_match": "number" if is_certain else "digits"}

    @api.model
    def _read_caller(self, number):
        """Return what an exchange sends instead of a number, False where that only says
        that there is none."""
        text = unwrap(number).replace("\0", "")[:LONGEST_CALLER]
        says_something = any(map(str.isdigit, text)) or "@" in str(number)
        return text if says_something and text.lower() != ANONYMOUS else False

    @api.model
    def _read_number(self, number, company):
        """Return a typed number in E.164, else its digits, else ""; the partners that
        have it; and whether that is certain."""
        # Asked before: a superuser's companies are whatever the client names.
        companies = self.env.companies
        # Superuser: finding out whose number it is must not depend on rules.
        partners = self.env["res.partner"].sudo()
        partners = partners.with_context(allowed_company_ids=companies.ids)
        placed = partners._place_number(number, company.sudo().country_id)
        digits = placed or digits_of(unwrap(number))
        if not digits:
            return "", partners, False
        found, is_certain = partners._find_by_number(
            digits, bool(placed), company.sudo()
        )
        return digits, found, is_certain

    @api.model
    def _create_call(self, vals):
        # Superuser: nobody may write what the exchange has measured.
        calls = self.sudo().with_context(**SILENT)
        if not vals["call_id"]:
            return calls.create(vals)
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return calls.create(vals)
        except UniqueViolation:
            # Logged by another request meanwhile, which this transaction cannot see:
            # Odoo runs the request again, and then it can.
            raise ConcurrencyError(vals["call_id"]) from None


def _is_text(text):
    """Tell whether PostgreSQL can keep this text."""
    return "\0" not in text

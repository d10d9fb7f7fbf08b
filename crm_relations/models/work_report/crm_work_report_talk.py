from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

from ...tools.arguments import Text

TOLD = 10


class CrmWorkReport(models.Model):
    """Comments: the author is told of those of others, the leader of the answers."""

    _inherit = "crm.work.report"

    def comment(self, text: Text):
        """Write a comment under this report; a leader has read it by that.

        :return: id of the message
        :raise UserError: there is nothing to say
        :raise AccessError: the caller may not read the report
        """
        self.ensure_one()
        self.check_access("read")
        if not text.strip():
            raise UserError(self.env._("Write what you have to say."))
        return self._say(text.strip()).id

    def _say(self, text):
        return self.message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def message_post(self, *, message_type="notification", partner_ids=None, **kwargs):
        """Whoever comments tells the other side, on every way."""
        told = partner_ids or []
        # What is no list is for Odoo to refuse.
        if message_type == "comment" and isinstance(told, (list, tuple)):
            told = [*told, *self._get_other_side().ids]
        message = super().message_post(
            message_type=message_type, partner_ids=told or None, **kwargs
        )
        if message_type == "comment" and self.env.uid != SUPERUSER_ID:
            # The chatter posts with more rights than who writes has.
            report = self.with_user(self.env.user)
            _refusals, taken = report._take(("handed_in",), own=False)
            taken._write_read()
        return message

    def _prepare_digest_card(self, mark, user):
        """Return what the daily message tells this person of these reports."""
        lang = user.lang or "en_US"
        reports = self.with_context(lang=lang)
        titles = {
            "is_reminded": reports.env._("Your reports that are due"),
            "is_missing_told": reports.env._("Reports that are missing"),
        }
        of_others = mark != "is_reminded"
        reader = user.with_context(lang=lang)
        return {
            "title": titles[mark],
            "count": len(reports),
            "lines": [
                {
                    "name": report.user_id.name if of_others else report._get_title(),
                    "detail": report._get_title() if of_others else "",
                    "day": reader._tell_moment(report.due_at, "short"),
                }
                for report in reports[:TOLD]
            ],
        }

    def _get_other_side(self):
        """Return whom a comment of the caller is for: who could open what it is about;
        of a draft that is nobody."""
        self.ensure_one()
        # Superuser: addresses of colleagues.
        report = self.sudo()
        if self.env.user != report.user_id:
            return report.user_id.partner_id
        return (
            (report.read_by_id or report.leader_id)
            .filtered(report._is_open_to)
            .partner_id
        )

    def _is_open_to(self, user):
        """Return whether this user may read the report, in a company of theirs."""
        room = self.with_user(user)
        room = room.with_context(allowed_company_ids=user.company_ids.ids)
        return bool(room._filtered_access("read"))

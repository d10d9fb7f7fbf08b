from odoo import fields, models

from ...tools.arguments import Answers, Text


class CrmWorkReport(models.Model):
    """Who leads reads, comments and returns."""

    _inherit = "crm.work.report"

    may_judge = fields.Boolean(compute="_compute_may_judge")

    def _compute_may_judge(self):
        readable = self._filtered_access("read")
        for report in self:
            report.may_judge = report in readable and not report.is_mine

    def mark_read(self) -> Answers:
        """Say that the caller has read these reports of others.

        The leader of then, who leads that team now and relations managers may.

        :return: as ``hand_in``; blocked: it is not handed in, or has been read
        """
        refusals, taken = self._take(("handed_in",), own=False)
        taken._write_read()
        return self._answer(refusals, taken, self.env._("Read."))

    def return_for_correction(self, reason: Text = "") -> Answers:
        """Give these reports of others back to be corrected; their authors are told.

        :param reason: what is to be corrected
        :return: as ``hand_in``; blocked also where no reason is given
        """
        reason = reason.strip()
        if not reason:
            lack = self.env._("Say what is to be corrected.")
            return self._answer(
                dict.fromkeys(self.ids, ("blocked", lack)), self.browse(), ""
            )
        refusals, taken = self._take(("handed_in", "read"), own=False)
        taken.write(
            {
                "state": "returned",
                "return_reason": reason,
                "read_at": fields.Datetime.now(),
                "read_by_id": self.env.uid,
            }
        )
        for report in taken.with_user(self.env.user):
            # Superuser: the language of the author, who reads it.
            author = report.with_context(lang=report.sudo().user_id.lang)
            report._say(author.env._("To be corrected: %s", reason))
        return self._answer(refusals, taken, self.env._("Returned."))

    def _write_read(self):
        self.write(
            {
                "state": "read",
                "read_at": fields.Datetime.now(),
                "read_by_id": self.env.uid,
            }
        )

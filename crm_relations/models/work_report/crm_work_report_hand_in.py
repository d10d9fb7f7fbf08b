from odoo import fields, models

from ...tools.arguments import Answers
from ...tools.row_locks import lock_in
from .crm_work_report import OPEN


class CrmWorkReport(models.Model):
    """Handing in keeps the figures; until it is read it can be taken back."""

    _inherit = "crm.work.report"

    def hand_in(self) -> Answers:
        """Hand in these reports of the caller: the figures are kept as they are now.

        In time or late is decided by the first time.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right (another one's), blocked (handed in already, or somebody
            is changing it)
        """
        refusals, taken = self._take(OPEN, own=True)
        taken._keep_figures()
        now = fields.Datetime.now()
        for company, some in taken.grouped("company_id").items():
            today = company._get_relations_day(now)
            some.filtered(lambda report, day=today: report.period_end >= day)._stamp()
        for report in taken:
            report.write(
                {
                    "state": "handed_in",
                    "handed_in_at": report.handed_in_at or now,
                    "read_at": False,
                    "read_by_id": False,
                }
            )
        return self._answer(refusals, taken, self.env._("Handed in."))

    def _keep_figures(self):
        """Keep the figures as they are now."""
        for report, figures in self._count_live().items():
            report.figures = figures

    def take_back(self) -> Answers:
        """Take back reports of the caller that nobody has read yet.

        :return: as ``hand_in``; blocked: it has been read, or was not handed in
        """
        refusals, taken = self._take(("handed_in",), own=True)
        returned = taken.filtered("return_reason")
        returned.write({"state": "returned", "figures": False})
        (taken - returned).write(
            {"state": "draft", "figures": False, "handed_in_at": False}
        )
        return self._answer(refusals, taken, self.env._("Taken back."))

    def _take(self, states, own):
        """Return what keeps reports from being changed, and those locked for it, as
        superuser: people write texts only, who may was asked here.

        :param states: in which they can be changed
        :param own: one's own; else those of others that one reads
        """
        known = self.exists()._filtered_access("read")
        missing = self.env._("It does not exist any more.")
        refusals = dict.fromkeys(self.ids, ("missing", missing))
        hidden = self.exists() - known
        no_right = self._get_no_right(own)
        for report in hidden | known.filtered(lambda one: one.is_mine != own):
            refusals[report.id] = ("no_right", no_right)
        allowed = (known - hidden).filtered(lambda one: one.is_mine == own)
        taken = self.sudo().browse(lock_in(allowed, states))
        for report in allowed:
            del refusals[report.id]
            if report.id not in taken._ids:
                refusals[report.id] = ("blocked", self._get_blocked())
        return refusals, taken

    def _get_no_right(self, own):
        if own:
            return self.env._("It is the report of somebody else.")
        return self.env._("Only the leader of the person, or a relations manager, may.")

    def _get_blocked(self):
        return self.env._(
            "It has been handed in, read or taken back meanwhile, or somebody is "
            "changing it at this moment: look at it again."
        )

    def _answer(self, refusals, taken, done):
        answers = []
        for number in self.ids:
            code, message = refusals.get(number, ("ok", done))
            answers.append(
                {"id": number, "ok": code == "ok", "code": code, "message": message}
            )
        return answers

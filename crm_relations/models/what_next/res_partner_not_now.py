from datetime import timedelta

from odoo import api, fields, models

from ...tools.arguments import Answers, Day, Text
from .crm_not_now import REASONS

MOST_DAYS = 366
USUAL_DAYS = 7


class ResPartner(models.Model):
    """Put customers off: not now, for a reason, until a day."""

    _inherit = "res.partner"

    not_now_ids = fields.One2many(comodel_name="crm.not.now", inverse_name="partner_id")

    def put_off(self, until: Day, reason: Text, note: Text = "") -> Answers:
        """Take these customers out of the list What Next until a day.

        Their salesperson, who works along with a share, the leader of the team and
        relations managers may. Put off anew, the earlier decision ends. Due dates and
        clocks of pools go on.

        :param until: the day on which they are in the list again: tomorrow at the
            earliest, in a year at the latest (date or ISO text)
        :param reason: later, away, deciding, no_need, colleague or other
        :param note: in words, needed for other
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (nobody's customer, or the message tells what is
            wrong with the call)
        """
        note = str(note or "").strip()
        refusals = self._get_put_off_refusals(until, reason, note)
        taken = self.browse(
            dict.fromkeys(number for number in self.ids if number not in refusals)
        )
        # Superuser: nobody writes lines; who may was decided above.
        taken.sudo()._write_not_now(until, reason, note, self.env.uid)
        return self._get_transfer_answers(
            refusals, self.env._("It is out of the list until its day.")
        )

    def action_not_now(self):
        """Open the dialog that asks why not now, and until when."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not Now"),
            "res_model": "crm.not.now.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }

    def _put_off_where_seen(self, until, reason, note):
        """Put off; where all went well, offer to undo it. Else say how it went."""
        acts = self.env["crm.act"]
        # Superuser: what is in force, whoever decided it.
        lines = self.env["crm.not.now"].sudo()
        known = lines._find_in_force(self.ids)
        before = acts._look_at([(known, ["active", "ended_at", "ending"])])
        answers = self.put_off(until, reason, note)
        if not answers or not all(answer["ok"] for answer in answers):
            title = self.env._("Not Now")
            return self.env["crm.answer.summary"]._open_or_refuse(answers, title)
        made = lines._find_in_force(self.ids)
        act = acts._keep(
            self,
            before,
            [(made, ["active", "until", "reason", "note"])],
            right="_filter_may_put_off",
        )
        return act._tell(f"{answers[0]['message']} {self._get_names_in_short()}")

    def _get_put_off_refusals(self, until, reason, note):
        """Return ``{id: (code, message)}`` of those that cannot be put off."""
        known = self.browse(set(self.ids)).exists()
        missing = self.env._("It does not exist any more.")
        no_right = self.env._(
            "Only its salesperson, who works along, the leader of the team or a "
            "relations manager may do this."
        )
        nobodys = self.env._("Nobody's customer is in no list: claim it first.")
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        allowed = known._filter_may_put_off()
        refusals |= dict.fromkeys((known - allowed).ids, ("no_right", no_right))
        # Superuser: whose customer it is.
        free = allowed.sudo().filtered(
            lambda one: not one.user_id or not one.is_managed_customer
        )
        refusals |= dict.fromkeys(free.ids, ("blocked", nobodys))
        for partner in allowed:
            if wrong := partner._get_put_off_refusal(until, reason, note):
                refusals.setdefault(partner.id, ("blocked", wrong))
        return refusals

    def _get_put_off_refusal(self, until, reason, note):
        """Return what is wrong with the call, or None."""
        if reason not in dict(REASONS):
            return self.env._("Give the reason.")
        if reason == "other" and not note:
            return self.env._("Say in the note what the other reason is.")
        today = self._get_relation_company()._get_relations_today()
        if not until or not today < until <= today + timedelta(days=MOST_DAYS):
            return self.env._(
                "The day on which it is in the list again is tomorrow or later, and "
                "within a year."
            )
        return None

    def _filter_may_put_off(self):
        """Return those whom the caller works with, or whose salesperson he leads."""
        if self.env.su or self._decides_for_all():
            return self._filtered_access("read")
        user = self.env.user
        if not user.has_group("crm_relations.group_sales_user"):
            return self.browse()
        # Superuser: whose customer it is, with whom it is shared, who leads.
        return self._filtered_access("read").filtered(
            lambda partner: (
                partner.sudo().user_id == user
                or partner.sudo()._is_led_by(user)
                or partner.sudo()._is_helped_by(user)
            )
        )

    @api.model
    def _get_usual_day_back(self):
        return self.env.user._get_relations_today() + timedelta(days=USUAL_DAYS)

    def _write_not_now(self, until, reason, note, uid):
        lines = self.env["crm.not.now"]
        lines._find_in_force(self.ids)._end("replaced")
        self.env.flush_all()
        now = fields.Datetime.now()
        lines.create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": partner.company_id.id,
                    "user_id": partner.user_id.id,
                    "put_off_by_id": uid,
                    "put_off_at": now,
                    "until": until,
                    "reason": reason,
                    "note": note or False,
                }
                for partner in self
            ]
        )

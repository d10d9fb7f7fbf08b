from odoo import models

from ...tools.arguments import Answers, Text


class CrmGift(models.Model):
    """Handed over, and come back."""

    _inherit = "crm.gift"

    def give(self) -> Answers:
        """Record that these were handed over. A draft is judged first: within all
        limits it is given, else it is asked for.

        Whoever works with the customer may, and whoever gives it.

        :return: as ``ask``; blocked also where the stock is not enough, or where it was
            approved for a later day and is above a limit today
        """
        drafts = (
            self.exists()
            ._filtered_access("read")
            .filtered(lambda gift: gift.state == "draft")
        )
        asked = {answer["id"]: answer for answer in drafts.ask()}
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_no_givers()
        )
        for get_blocked in (taken._get_judged_anew, taken._get_out_of_stock):
            taken._leave_out(refusals, get_blocked())
        taken = taken.filtered(lambda gift: gift.id not in refusals)
        taken._hand_over()
        done = dict.fromkeys(taken.ids, self.env._("Given."))
        for number in asked.keys() - set(taken.ids):
            answer = asked[number]
            if not answer["ok"]:
                refusals[number] = (answer["code"], answer["message"])
            elif self.browse(number).state == "asked":
                del refusals[number]
                done[number] = answer["message"]
        return self._answer_each(refusals, done)

    def _hand_over(self):
        today = self.env.user._get_relations_today()
        for item, some in self.grouped("item_id").items():
            if item.is_stocked:
                item.stock -= sum(some.mapped("quantity"))
        self.write({"state": "given", "given_by_id": self.env.uid})
        self.filtered(lambda gift: gift.date > today).write({"date": today})
        self._decided_on()
        self.care_task_id._finish()

    def take_in(self, reason: Text = "") -> Answers:
        """Record that these came back: they count against no limit any more.

        Whoever may decide on a gift of this customer: not who has given it.

        :param reason: why; kept
        :return: as ``ask``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(("given",), lambda known: known._get_no_deciders())
        for item, some in taken.grouped("item_id").items():
            if item.is_stocked:
                item.stock += sum(some.mapped("quantity"))
        taken.write({"state": "returned", "return_reason": reason.strip()})
        taken._decided_on()
        return self._answer_each(refusals, self.env._("It came back."))

    def action_give(self):
        return self._show_answers(self.give())

    def action_take_in(self):
        """Ask why, and record that these came back."""
        wizard = self.env["crm.refusal.wizard"]._open_for(self)
        return wizard | {"name": self.env._("Came Back")}

    def _refuse_where_seen(self, reason):
        given = self.filtered(lambda gift: gift.state == "given")
        if given:
            return self._show_answers(given.take_in(reason))
        return super()._refuse_where_seen(reason)

    def _get_no_givers(self):
        denied = self._get_not_in_charge()
        mine = self.filtered(lambda gift: gift.user_id == self.env.user)
        return {number: why for number, why in denied.items() if number not in mine.ids}

    def _get_judged_anew(self):
        """Return ``{id: why not}`` of those that were approved for a later day and
        would need an approval today that they have not got."""
        today = self.env.user._get_relations_today()
        early = self.filtered(lambda gift: gift.date > today)
        findings = early._judge_as_of(today) if early else {}
        return {
            gift.id: self.env._(
                "It was approved for a later day. Take it back and ask again: %(why)s",
                why=gift._tell_findings(findings[gift.id]),
            )
            for gift in early
            if gift._goes_beyond(findings[gift.id])
        }

    def _judge_as_of(self, day):
        """Return what ``_judge`` would find if these were given on this day."""
        days = {gift: gift.date for gift in self}
        self.write({"date": day})
        findings = self._judge()
        for gift, own in days.items():
            gift.date = own
        return findings

    def _goes_beyond(self, findings):
        """Return whether there is more among these than what was approved."""
        approved = {finding["code"] for finding in self.findings or []}
        return bool({finding["code"] for finding in findings} - approved)

    def _get_out_of_stock(self):
        left, lacking = {}, {}
        for gift in self:
            item = gift.item_id
            left.setdefault(item, item.stock)
            left[item] -= gift.quantity
            if item.is_stocked and left[item] < 0:
                left[item] += gift.quantity
                lacking[gift.id] = self.env._(
                    "%(gift)s: only %(count)s in stock.",
                    gift=item.name,
                    count=left[item],
                )
        return lacking

from odoo import models

from ...tools.arguments import Answers, Given
from .res_company_stay import MOST_DAYS


class ResPartner(models.Model):
    """Ask that customers stay: who may, what stands against it, and the answers."""

    _inherit = "res.partner"

    def pool_extend(self, reason: Given, days: Given = None) -> Answers:
        """Ask that these customers leave so many days later.

        The salesperson, the leader of the team, managers of the pool and relations
        managers may. Where the company has it so, the leader has to approve; what
        somebody asks who could approve it is approved at once.

        :param reason: why; kept, and read by who decides
        :param days: number of days after the release date; None: as the company's
            settings say
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given, never raised
            for one of them; codes: ok (approved or asked, the message tells), missing,
            no_right, cap_reached (extended as often as allowed while with this
            salesperson), blocked (anything else; the message says what)
        """
        return self._ask_to_stay("extension", days, reason)

    def pool_protect(self, days: Given, reason: Given) -> Answers:
        """Ask that these customers stay with their salesperson for so many days,
        whatever the rules say; a customer of the pool is reserved.

        Each protected customer takes a place of its salesperson's quota from the moment
        it is asked for. Reserving takes none; managers of the pool and relations
        managers may.

        :param days: number of days from today
        :param reason: why; kept, and read by who decides
        :return: as ``pool_extend``; cap_reached: the quota is used up; protected: it
            is protected already
        """
        return self._ask_to_stay("protection", days, reason)

    def pool_unprotect(self) -> Answers:
        """End the protection of these customers now.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (not protected)
        """
        # Superuser: the answer to who may not read it is no_right, not silence.
        stays = self.env["crm.pool.stay"].sudo()
        stays = stays.search(
            [
                ("partner_id", "in", self.ids),
                ("kind", "=", "protection"),
                ("state", "in", ("requested", "approved")),
            ],
            order="state",
        )
        found = {stay.partner_id.id: stay.id for stay in stays}
        answers = stays.browse(found.values()).sudo(self.env.su).end()
        answers = {answer["id"]: answer for answer in answers}
        unprotected = self.env._("It is not protected.")
        refusals = dict.fromkeys(set(self.ids) - set(found), ("blocked", unprotected))
        missing = self.env._("It does not exist any more.")
        known = self.exists()
        refusals |= dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        for number, stay_id in found.items():
            if not (answer := answers[stay_id])["ok"]:
                refusals[number] = (answer["code"], answer["message"])
        # Who may not read a customer is not told either whether it is protected.
        unknown = known - known._filtered_access("read")
        no_right = ("no_right", self._get_words_of_no_stay())
        refusals |= dict.fromkeys(set(unknown.ids) & set(refusals), no_right)
        return self._get_transfer_answers(refusals, self.env._("Ended."))

    def _ask_to_stay(self, kind, days, reason):
        refusals = self._get_stay_call_refusals(kind, days, reason)
        asked = self.browse(
            dict.fromkeys(number for number in self.ids if number not in refusals)
        )
        messages = {}
        if asked:
            # Superuser: settings, owners and stays; who may was decided above.
            asked = asked.sudo()
            asked._end_expired_stays()
            refusals |= asked._get_stay_refusals(kind, days)
            asked = asked.filtered(lambda partner: partner.id not in refusals)
            values = asked._prepare_stays(kind, days, reason.strip())
            refusals |= asked._give_slots(values)
            stays = self.env["crm.pool.stay"].sudo()._request(values)
            messages = stays._get_request_messages()
            stays._tell_approvers()
            busy = self.env._("Somebody is changing it at this moment: try again.")
            for partner_id in set(asked.ids) - set(refusals) - set(messages):
                refusals[partner_id] = ("blocked", busy)
        return self._get_transfer_answers(refusals, messages)

    def _get_words_of_no_stay(self):
        return self.env._(
            "Only its salesperson, the leader of the team, a manager of the pool or a "
            "relations manager may do this."
        )

    def _get_stay_call_refusals(self, kind, days, reason):
        """Return refusals that need no look at stays: the call, existence, rights."""
        general = self._get_stay_call_refusal(kind, days, reason)
        known = self.browse(set(self.ids)).exists()
        missing = self.env._("It does not exist any more.")
        no_right = self._get_words_of_no_stay()
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        askable = known._filter_stay_askable()
        refusals |= dict.fromkeys((known - askable).ids, ("no_right", no_right))
        if general:
            refusals |= dict.fromkeys(askable.ids, ("blocked", general))
        return refusals

    def _get_stay_call_refusal(self, kind, days, reason):
        """Return what is wrong with the call itself, or None."""
        if not isinstance(reason, str) or not reason.strip():
            return self.env._("Give the reason.")
        if days is None and kind == "extension":
            return None
        if not isinstance(days, int) or isinstance(days, bool):
            return self.env._("The days are a whole number.")
        if not 1 <= days <= MOST_DAYS:
            return self.env._(
                "A customer is kept for 1 to %(most)s days.", most=MOST_DAYS
            )
        return None

    def _filter_stay_askable(self):
        """Return those for which the caller may ask: whose owner he may change, and
        those that go to, or are in, a pool that he manages."""
        if self.env.su:
            return self
        user = self.env.user
        reachable = self._filtered_access("write")
        # Superuser: owner, company and pool of customers.
        customers = reachable.sudo()
        managed = customers.filtered(
            lambda partner: user in partner._get_stay_pool().manager_ids
        )
        if not user.has_group("crm_relations.group_sales_user"):
            managed = managed.browse()
        givable = reachable._filter_givable().sudo()
        works_for = self.env["crm.pool.stay"]._works_for
        askable = (givable | managed).filtered(
            lambda partner: (
                partner.user_id == user
                or works_for(
                    *(user, partner.user_id),
                    partner._get_own_company(),
                )
            )
        )
        return askable.sudo(False)

    def action_extend(self):
        """Open the dialog that asks for an extension of these customers."""
        wizard = self.env["crm.stay.wizard"]
        return wizard._open_for(self, "extension", self.env._("Extend"))

    def action_protect(self):
        """Open the dialog that asks for the protection of these customers."""
        wizard = self.env["crm.stay.wizard"]
        return wizard._open_for(self, "protection", self.env._("Protect"))

    def action_unprotect(self):
        answers = self.pool_unprotect()
        return self.env["crm.answer.summary"]._open_or_refuse(answers)

from odoo import models
from odoo.exceptions import ValidationError

from odoo.addons.crm_relations.tools.arguments import Answers, Id, Text
from odoo.addons.crm_relations.tools.sentences import join_words

from .crm_satisfaction_study import ASKED_BY

BY_HAND = "hand"
SPECIALIST = "crm_relations_survey.group_satisfaction_specialist"


class ResPartner(models.Model):
    """Asking customers how satisfied they are."""

    _inherit = "res.partner"

    def ask_satisfaction(self, study_id: Id, channel: Text) -> Answers:
        """Ask these customers, or persons there, by a study; each once.

        Of a customer its salesperson, who works along with a share and the leader of
        the team may; of all who runs studies and relations managers.

        :param study_id: a ``crm.satisfaction.study`` with a survey
        :param channel: email or sms (leave by themselves, outside quiet hours), link
            (to be handed over), face (on the tablet), callback (an agent calls)
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given, with
            ``response_id`` and ``url`` where asked; codes: ok, missing, no_right,
            blocked (the message tells by what), asked (about this already), too_soon,
            no_address
        :raise ValidationError: there is no such study or channel
        """
        study = self.env["crm.satisfaction.study"].browse(study_id or [])
        return self._ask_satisfaction(study, channel)

    def _ask_satisfaction(self, study, channel, occasion=BY_HAND, **values):
        """Ask as ``ask_satisfaction`` does.

        :param values: of the responses: order_id, user_id ...
        """
        if channel not in ASKED_BY:
            raise ValidationError(
                self.env._(
                    "Choose how to ask: %(ways)s.", ways=join_words(self.env, ASKED_BY)
                )
            )
        if not study.exists() or not study.has_access("read"):
            study = study.browse()
        study._check_can_ask()
        refusals = self._get_satisfaction_refusals(study, channel, occasion)
        order = self.env["sale.order"].browse(values.get("order_id"))
        refusals |= self._refuse_foreign_order(study, order)
        asked = self.browse(
            dict.fromkeys(number for number in self.ids if number not in refusals)
        )
        # Two persons of one customer are asked about one thing once. Superuser: whose
        # person it is.
        firsts = self.browse(
            some[0].id
            for some in asked.sudo().grouped("commercial_partner_id").values()
        )
        known = self.env._("It is being asked about this already.")
        refusals |= dict.fromkeys((asked - firsts).ids, ("asked", known))
        responses = study._ask_all(
            firsts, occasion, channel, dict.fromkeys(firsts.ids, values)
        )
        made = dict(zip(firsts.ids, responses, strict=True))
        if channel == "callback":
            responses._plan_calls()
        return self._get_satisfaction_answers(refusals, made, channel)

    def _refuse_foreign_order(self, study, order):
        """An order says whose work is judged: so it is one of the customer's, and of
        the company of the study."""
        if not order:
            return {}
        # Superuser: whose order it is; the caller has chosen it.
        order, partners = order.sudo(), self.exists().sudo()
        buyer = order.partner_id.commercial_partner_id
        foreign = partners.filtered(lambda one: one.commercial_partner_id != buyer)
        if study.company_id and study.company_id != order.company_id:
            foreign = partners
        words = self.env._(
            "The order %s is of another customer, or of another company than the "
            "study.",
            order.name,
        )
        return dict.fromkeys(foreign.ids, ("blocked", words))

    def _get_satisfaction_refusals(self, study, channel, occasion):
        known = self.exists()
        missing = self.env._("It does not exist any more.")
        no_right = self.env._(
            "Its salesperson, the leader of the team and who runs studies ask it."
        )
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        allowed = known._filter_may_ask()
        refusals |= dict.fromkeys((known - allowed).ids, ("no_right", no_right))
        return refusals | study._get_ask_refusals(allowed, channel, occasion)

    def _get_satisfaction_answers(self, refusals, made, channel):
        done = {
            "callback": self.env._("An agent calls."),
            "email": self.env._("The e-mail goes out."),
            "sms": self.env._("The text message goes out."),
        }
        answers = []
        for number in self.ids:
            code, message = refusals.get(number, ("ok", ""))
            answer = {
                "id": number,
                "ok": code == "ok",
                "code": code,
                "message": message
                or done.get(channel, self.env._("It can answer now.")),
            }
            if number in made:
                response = made[number]
                handed = channel in ("link", "face")
                answer |= {
                    "response_id": response.id,
                    "url": response._get_url() if handed else False,
                }
            answers.append(answer)
        return answers

    def _filter_may_ask(self):
        """Return those whom the caller works with, or whose salesperson he leads; all
        for who runs studies."""
        readable = self._filtered_access("read")
        user = self.env.user
        if self.env.su or self._decides_for_all() or user.has_group(SPECIALIST):
            return readable
        if not user.has_group("crm_relations.group_sales_user"):
            return self.browse()
        # Superuser: whose customer it is, with whom it is shared, who leads.
        return readable.filtered(
            lambda partner: partner.sudo().commercial_partner_id._is_asked_by(user)
        )

    def _is_asked_by(self, user):
        return self.user_id == user or self._is_led_by(user) or self._is_helped_by(user)

    def action_ask_satisfaction(self):
        """Open the dialog in which customers are asked."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for Satisfaction"),
            "res_model": "crm.satisfaction.ask.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }

    def _get_asked_recipient(self, channel):
        """Return whom a message reaches: this person, else its customer."""
        self.ensure_one()
        name = "has_email" if channel == "email" else "has_phone"
        return self if self[name] else self.commercial_partner_id

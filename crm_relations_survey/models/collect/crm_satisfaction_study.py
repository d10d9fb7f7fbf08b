from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

BY_MESSAGE = ("email", "sms")
# How a customer is asked; the others come of themselves.
ASKED_BY = ("callback", "face", "link", *BY_MESSAGE)


class CrmSatisfactionStudy(models.Model):
    """Asking customers: an open response each, with the survey that it fills."""

    _inherit = "crm.satisfaction.study"

    mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        string="E-mail",
        index="btree_not_null",
        ondelete="set null",
        domain="[('model', '=', 'survey.user_input')]",
        help="Asks by e-mail. Empty: the usual one.",
    )
    sms_template_id = fields.Many2one(
        comodel_name="sms.template",
        string="Text Message",
        index="btree_not_null",
        ondelete="set null",
        domain="[('model', '=', 'survey.user_input')]",
        help="Asks by text message. Empty: the usual one.",
    )

    def _can_ask(self):
        """Return whether this study has questions for customers."""
        self.ensure_one()
        return self.active and self.survey_id.active and self.kind != "check"

    def _check_can_ask(self):
        """Raise unless somebody can be asked by this study.

        :raise ValidationError: it is archived, has no questions, or is for checks
        """
        # Superuser: surveys are not read by those who ask.
        if not self or not self.exists() or not self.sudo()._can_ask():
            raise ValidationError(
                self.env._(
                    "Choose a study that is in use and has a survey to be answered."
                )
            )

    def _ask(self, partner, occasion, channel, **values):
        """Ask one customer, or a person there; return the open response.

        Who may ask, and whether the customer may be asked, is the caller's question,
        see ``_get_ask_refusals``. What is asked already is returned as it is.

        :param occasion: what it is about: one open survey for each
        :param values: of the response: order_id, followup_id, callback_id, user_id ...
        """
        return self._ask_all(partner, occasion, channel, {partner.id: values})

    def _ask_all(self, partners, occasion, channel, values=None):
        """Ask these customers, or persons; return their open responses, in their order.

        :param values: ``{id of the partner: values of the response}``
        """
        self.ensure_one()
        values = values or {}
        # Superuser: nobody writes responses by hand; who may ask was decided before.
        study = self.sudo()
        partners = partners.sudo()
        known = study._find_open(partners, occasion)
        missing = partners.filtered(lambda partner: not known.get(partner))
        study._take_turns(missing)
        vals_list = [
            study._prepare_ask_vals(partner, channel, values.get(partner.id, {}))
            | {"occasion": occasion}
            for partner in missing
        ]
        inputs = study._create_inputs(vals_list)
        for vals, answer in zip(vals_list, inputs, strict=True):
            vals["user_input_id"] = answer.id
        made = self.env["crm.satisfaction.response"].sudo().create(vals_list)
        made._asked()
        known |= dict(zip(missing, made, strict=True))
        return made.union(*(known[partner] for partner in partners))

    def _take_turns(self, partners):
        """Have whoever asks the same customers at the same moment start again: he finds
        them asked lately."""
        customers = partners.commercial_partner_id
        turns = self.env["crm.customer.turn"]
        turns._take(f"satisfaction-{self.id}", customers.ids)

    def _find_open(self, partners, occasion):
        """Return ``{partner: its open response about this}``."""
        # Superuser: it is open, whoever has asked.
        responses = self.env["crm.satisfaction.response"].sudo()
        found = responses.search(
            [
                ("study_id", "=", self.id),
                ("partner_id", "in", partners.commercial_partner_id.ids),
                ("occasion", "=", occasion),
                ("state", "=", "open"),
            ]
        ).grouped("partner_id")
        return {
            partner: found[partner.commercial_partner_id]
            for partner in partners
            if partner.commercial_partner_id in found
        }

    def _prepare_ask_vals(self, partner, channel, values):
        """Return the values of a response: whose work is judged, and where."""
        customer = partner.commercial_partner_id
        now = fields.Datetime.now().replace(microsecond=0)
        order = self.env["sale.order"].browse(values.get("order_id"))
        followup = self.env["crm.followup"].browse(values.get("followup_id"))
        user = order.user_id or followup.user_id or customer.user_id
        user = user.browse(values.get("user_id") or user.id)
        return {
            "study_id": self.id,
            "channel": channel,
            "partner_id": customer.id,
            "person_id": partner.id if partner != customer else False,
            "company_id": self._get_asking_company(order, customer).id,
            "team_id": (order.team_id or user.sale_team_id).id,
            "asked_by_id": self.env.uid,
            "asked_at": now,
            "open_until": now + timedelta(days=self.open_days),
            **values,
            "user_id": user.id,
        }

    def _get_asking_company(self, order, customer):
        company = order.company_id or self.company_id or customer._get_own_company()
        return company or self.env.company

    def _create_inputs(self, vals_list):
        """Return an empty survey for each of these responses. Without an address: it
        would be one more place from which a pool has to hide it."""
        # Superuser: those who ask have no rights on surveys.
        people = self.env["res.partner"].sudo()
        inputs = []
        for vals in vals_list:
            person = people.browse(vals.get("person_id") or vals.get("partner_id"))
            inputs.append(
                {
                    "survey_id": self.survey_id.id,
                    "partner_id": person.id,
                    "nickname": person.name,
                    "deadline": vals.get("open_until"),
                    "lang_id": self._get_asked_in(person.lang).id,
                }
            )
        return self.env["survey.user_input"].sudo().create(inputs)

    def _get_asked_in(self, code):
        """Return, as superuser, the language of this code if the survey is asked in it;
        none leaves the choice to whoever answers."""
        # Superuser: as above.
        languages = self.env["res.lang"].sudo()
        known = self.survey_id.sudo()._get_supported_lang_codes()
        return languages._lang_get(code) if code in known else languages

    def _get_lately_asked(self, partners):
        """Return ``{id of the customer: when it was asked last}`` of those that this
        study leaves in peace for now; what was cancelled has asked nobody."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, MAX(asked_at)
                  FROM crm_satisfaction_response
                 WHERE study_id = %(study)s AND partner_id = ANY(%(customers)s)
                   AND state <> 'cancelled' AND asked_at > %(since)s
              GROUP BY partner_id
                """,
                study=self.id,
                customers=partners.commercial_partner_id.ids,
                since=fields.Datetime.now() - timedelta(days=self.ask_again_days),
            )
        )
        return dict(rows)

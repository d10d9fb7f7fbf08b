from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmCallback(models.Model):
    """The survey that an agent fills while talking."""

    _inherit = "crm.callback"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        string="Survey",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Which study is asked in this call. Empty: that of its rule, if any.",
    )
    satisfaction_ids = fields.One2many(
        comodel_name="crm.satisfaction.response",
        inverse_name="callback_id",
        string="Surveys",
        readonly=True,
    )
    satisfaction_count = fields.Integer(
        string="Number of Surveys", compute="_compute_came_of"
    )

    @api.model
    def _get_came_of(self):
        surveys = ("crm.satisfaction.response", self.env._("Surveys"))
        return {**super()._get_came_of(), "satisfaction_count": surveys}

    def action_view_satisfaction(self):
        return self._open_came_of("satisfaction_count")

    @api.model
    def _prepare_by_hand_vals(self):
        return super()._prepare_by_hand_vals() | {"study_id": False}

    def _get_buttons(self):
        buttons = super()._get_buttons()
        if not self._get_studies():
            return buttons
        survey = {
            "key": "satisfaction",
            "label": self.env._("Survey"),
            "icon": "fa-star-half-o",
            "method": "_open_satisfaction",
        }
        return [survey, *buttons]

    def _get_studies(self):
        """Return the studies of which the agent may ask one, as superuser: that of the
        call, else those that ask customers of its company."""
        # Superuser: agents read no rules.
        call = self.sudo()
        study = call.study_id or call.rule_id.study_id
        if study:
            return study.filtered(lambda one: one._can_ask() and not one.is_anonymous)
        studies = self.env["crm.satisfaction.study"].sudo()
        companies = [False, (call.company_id or self.env.company).id]
        found = studies.search(
            [
                ("survey_id", "!=", False),
                ("company_id", "in", companies),
                ("is_anonymous", "!=", True),
            ]
        )
        return found.filtered(lambda one: one._can_ask())

    def _open_satisfaction(self):
        """Open the survey of this call, where it was left."""
        # Superuser: what was asked in this call, whoever began it.
        known = self.sudo().satisfaction_ids.filtered(
            lambda one: one.state in ("open", "answered") and one.user_input_id
        )[:1]
        if known:
            return known._take_over(self)._open_talk()
        studies = self._get_studies()
        if not studies:
            raise UserError(self.env._("There is no survey to be answered any more."))
        if len(studies) > 1:
            return self._prepare_dialog(
                self.env._("Which survey?"),
                "crm.satisfaction.ask.wizard",
                {
                    "default_channel": "callback",
                    "default_partner_ids": self.partner_id.ids,
                    "default_study_ids": studies.ids,
                },
            )
        return self._begin_satisfaction(studies)

    def _begin_satisfaction(self, study):
        """Ask the customer of this call by this study, and open the survey.

        :raise UserError: the customer is left in peace for now
        """
        # Superuser: the call is the agent's; with it goes what it is for.
        call, study = self.sudo(), study.sudo().with_env(self.env)
        if call.state != "open":
            raise UserError(self.env._("This callback has ended already."))
        study._check_can_ask()
        person = call.number_partner_id or call.partner_id
        opened = study._find_open(person, call._get_asked_occasion()).get(person)
        if opened:
            return opened._take_over(self)._open_talk()
        refusals = study._get_ask_refusals(person, "face", call._get_asked_occasion())
        if person.id in refusals:
            raise UserError(refusals[person.id][1])
        response = study._ask(
            person,
            call._get_asked_occasion(),
            "callback",
            callback_id=call.id,
            **call._get_asked_about(),
        )
        return response.with_env(self.env)._open_talk()

    def _get_asked_occasion(self):
        """Return what the call is about: the same order asked by message and by call is
        one occasion."""
        return self.occasion if self.rule_id else f"callback-{self.id}"

    def _get_asked_about(self):
        """Return the links of the response to what the call is about: the order that
        was delivered, the visit that was paid."""
        source = (self.facts or {}).get("source")
        kinds = {
            "delivery": ("order_id", "sale.order"),
            "visit": ("followup_id", "crm.followup"),
        }
        name, model = kinds.get(self.rule_id.trigger, (None, None))
        if not name or not source or not self.env[model].browse(source).exists():
            return {}
        return {name: source}

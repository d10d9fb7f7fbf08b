from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_relations.tools.batches import BATCH
from odoo.addons.crm_relations.tools.retries import retry

from .crm_satisfaction_study import BY_MESSAGE

# What is said of a customer who gets no message, and no call in its place either.
LEFT_IN_PEACE = ("asked", "too_soon")


class CrmCallback(models.Model):
    """Calls whose rule asks by message: when they fall due, the link goes out instead;
    who cannot be reached by it comes up with the agents."""

    _inherit = "crm.callback"

    is_left_to_agents = fields.Boolean(
        readonly=True,
        help="The message of its rule could not be sent: it is called.",
    )

    @api.model
    def _get_callable_sql(self, alias):
        return SQL(
            """
            (%(callable)s
             AND (%(left)s IS TRUE OR NOT EXISTS (
                  SELECT FROM crm_callback_rule AS asking
                   WHERE asking.id = %(rule)s AND asking.ask_by IN %(messages)s)))
            """,
            callable=super()._get_callable_sql(alias),
            left=SQL.identifier(alias, "is_left_to_agents"),
            rule=SQL.identifier(alias, "rule_id"),
            messages=BY_MESSAGE,
        )

    @api.model
    def _get_to_message_domain(self):
        return (
            Domain("state", "=", "open")
            & Domain("rule_id.ask_by", "in", BY_MESSAGE)
            & Domain("is_left_to_agents", "!=", True)
            & Domain("next_at", "<=", fields.Datetime.now())
        )

    @api.model
    def _cron_ask_by_message(self):
        """Ask by message what is due, a batch a transaction."""
        while done := retry(self.env, self._message_batch):
            left = self.search_count(self._get_to_message_domain(), limit=10 * BATCH)
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return

    @api.model
    def _message_batch(self, limit=BATCH):
        due = self.search(self._get_to_message_domain(), limit=limit, order="id")
        taken = due.try_lock_for_update()
        for rule, calls in taken.grouped("rule_id").items():
            calls._ask_by_message(rule)
        return len(taken)

    def _ask_by_message(self, rule):
        """Ask these customers by the message of their rule, instead of calling."""
        study = rule.study_id
        for call in self:
            person = call.person_id or call.partner_id
            occasion = call._get_asked_occasion()
            code = "none"
            if study._can_ask():
                refusals = study._get_ask_refusals(person, rule.ask_by, occasion)
                code = refusals.get(person.id, ("", ""))[0]
            if not code:
                study._ask(
                    person, occasion, rule.ask_by, **call._get_asked_about_by_rule()
                )
            if not code or code in LEFT_IN_PEACE:
                call._end("dropped")
            else:
                call.is_left_to_agents = True

    def _get_asked_about_by_rule(self):
        """Return the values of a response that nobody in particular asks for."""
        company = self.company_id
        about = {"asked_by_id": False, **self._get_asked_about()}
        return about | ({"company_id": company.id} if company else {})

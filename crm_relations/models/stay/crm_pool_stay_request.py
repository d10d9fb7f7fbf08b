import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL


class CrmPoolStay(models.Model):
    """Write what is asked for, and tell those concerned: a message a person."""

    _inherit = "crm.pool.stay"

    @api.model
    def _request(self, values):
        """Write these stays with the customers' rows locked; one statement. Whoever
        asks for the same customer, or takes the same place of a quota, at the same
        moment gets a serialization failure, and tries again.

        :param values: ``{customer id: values}``, see ``res.partner._prepare_stays``
        :return: those written; a customer that somebody is changing is left out
        """
        if not values:
            return self
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH asked AS MATERIALIZED (
                     SELECT * FROM jsonb_to_recordset(%(lines)s::jsonb) AS asked (
                            partner_id int, company_id int, kind varchar, state varchar,
                            user_id int, pool_id int, release_date date, days int,
                            until date, hold_until date, reason varchar,
                            approver_id int, slot int)),
                     taken AS MATERIALIZED (
                     SELECT partner.id FROM res_partner AS partner
                      WHERE partner.id IN (SELECT partner_id FROM asked)
                   ORDER BY partner.id
                        FOR NO KEY UPDATE SKIP LOCKED)
                INSERT INTO crm_pool_stay (partner_id, company_id, kind, state, user_id,
                       pool_id, release_date, days, until, hold_until, reason,
                       approver_id, slot, requested_by_id, requested_at, decided_by_id,
                       decided_at, create_uid, create_date, write_uid, write_date)
                SELECT asked.*, %(uid)s, %(now)s, decided.by, decided.at, %(uid)s,
                       %(now)s, %(uid)s, %(now)s
                  FROM asked
                  JOIN taken ON taken.id = asked.partner_id
             LEFT JOIN (SELECT %(uid)s AS by, %(now)s::timestamp AS at) AS decided
                    ON asked.state = 'approved'
           ON CONFLICT DO NOTHING
             RETURNING id, partner_id
                """,
                lines=json.dumps(list(values.values())),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model()
        self.env["res.partner"].browse(row[1] for row in rows)._stays_changed()
        return self.browse(row[0] for row in rows)

    @api.model
    def _may_decide_on(self, user, owner, pool, company):
        """Return whether ``user`` decides on customers of this owner, pool and company:
        nobody on own ones but relations managers, nobody for another company."""
        if not self._works_for(user, owner, company):
            return False
        if user.has_group("crm_relations.group_relations_manager"):
            return True
        if user == owner:
            return False
        return owner._is_led_by(user) or user in pool.manager_ids

    @api.model
    def _works_for(self, user, owner, company):
        """Return whether ``user`` works in the customer's company, or in a branch of
        it; when it has none, in one of its salesperson's."""
        if company:
            return company <= user._get_open_companies()
        return not owner or bool(user.company_ids & owner.company_ids)

    @api.model
    def _get_asked(self, owner, pool):
        """Return who is asked to approve: the leader of the team, else a manager of
        the pool; nobody when relations managers decide."""
        leader = owner._get_leader()
        return ((leader | pool.manager_ids).filtered("active") - owner)[:1]

    def _get_request_messages(self):
        """Return ``{customer id: message}`` for the answers."""
        messages = {}
        for stay in self:
            day = self.env.user._tell_day(stay.until)
            if stay.state == "approved":
                message = self.env._("It stays until %(day)s.", day=day)
            elif stay.approver_id:
                message = self.env._(
                    "%(user)s has been asked to approve it until %(day)s.",
                    user=stay.approver_id.name,
                    day=day,
                )
            else:
                message = self.env._("A relations manager has to approve it.")
            messages[stay.partner_id.id] = message
        return messages

    def _tell_approvers(self):
        """Tell each who is asked, in one message, in the own language."""
        waiting = self.filtered(lambda stay: stay.state == "requested")
        for approver, stays in waiting.grouped("approver_id").items():
            env = self.with_context(lang=approver.lang).env
            stays._tell(
                approver,
                env._(
                    "%(user)s asks you to approve: %(customers)s",
                    user=self.env.user.name,
                    customers=stays.partner_id.with_context(
                        lang=env.lang
                    )._get_names_in_short(),
                ),
                stays[0].reason,
                "pool-approvals",
            )

    def _tell_decision(self, state):
        """Tell each who has asked how it was decided, in one message."""
        for user, stays in self.grouped("requested_by_id").items():
            env = self.with_context(lang=user.lang).env
            if state == "approved":
                subject = env._(
                    "%(user)s approved the stay of: %(customers)s",
                    user=self.env.user.name,
                    customers=stays.partner_id.with_context(
                        lang=env.lang
                    )._get_names_in_short(),
                )
            else:
                subject = env._(
                    "%(user)s refused to keep: %(customers)s",
                    user=self.env.user.name,
                    customers=stays.partner_id.with_context(
                        lang=env.lang
                    )._get_names_in_short(),
                )
            stays._tell(user, subject, stays[0].refusal_reason or "", "my-customers")

    def _tell_unanswered(self):
        """Tell each who has asked that nobody decided on it, in one message."""
        for user, stays in self.grouped("requested_by_id").items():
            env = self.with_context(lang=user.lang).env
            subject = env._(
                "Nobody answered, your request has ended: %(customers)s",
                customers=stays.partner_id.with_context(
                    lang=env.lang
                )._get_names_in_short(),
            )
            stays._tell(user, subject, stays[0].reason, "my-customers")

    def _tell(self, user, subject, text, path):
        self._tell_of(self.partner_id, user, subject, text, path)

    @api.model
    def _tell_of(self, partners, user, subject, text="", path=""):
        """Send ``user`` one message about these customers; nobody writes to himself."""
        if not user.active or user == self.env.user:
            return
        named = partners.with_context(lang=user.lang)._get_named_links(path)
        lines = [named, text]
        self.env["mail.thread"].with_context(lang=user.lang).message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=Markup().join(Markup("<p>%s</p>") % line for line in lines if line),
            author_id=self.env.user.partner_id.id,
            email_layout_xmlid="mail.mail_notification_light",
        )

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class EventEvent(models.Model):
    """Invite members of the club: by two statements, however many they are.

    How an invitation goes out, and when, is decided by a care rule: a task each, which
    respects consent, quiet hours and the one touch a day.
    """

    _inherit = "event.event"

    def _invite(self, rule, levels, only=None):
        """Invite the members of these levels (all of the invited ones without any).

        :param rule: the care rule by which the invitations go out
        :param only: the partners to choose from, all without
        :return: the guests that are invited now
        """
        self.ensure_one()
        self._check_can_invite(rule)
        self.env.flush_all()
        rows = self.env.execute_query(self._get_guests_sql(rule, levels, only))
        guests = self.env["crm.event.guest"].browse(number for (number,) in rows)
        self.env["crm.event.guest"].invalidate_model()
        if guests:
            self.env.execute_query(self._get_invitations_sql(rule, guests))
            self.env["crm.care.task"].invalidate_model()
            guests._find_tasks()
            self.env["crm.care.dispatch"]._trigger_next()
        return guests

    def _check_can_invite(self, rule):
        if not self.activity_kind:
            raise UserError(self.env._("First say what kind of activity it is."))
        if not self.club_id:
            raise UserError(self.env._("Which club is invited? Choose it first."))
        if self.date_end < fields.Datetime.now():
            raise UserError(self.env._("%(activity)s is over.", activity=self.name))
        if not rule or not rule.active or rule.trigger != "broadcast":
            raise UserError(
                self.env._("Choose a care rule for broadcasts that is in use.")
            )

    def _get_member_domain(self, levels, only=None):
        """Return which memberships are invited."""
        domain = [("club_id", "=", self.club_id.id), ("state", "=", "active")]
        levels = levels or self.seat_ids.level_id
        if levels:
            domain.append(("level_id", "in", levels.ids))
        if only is not None:
            domain += [
                "|",
                ("partner_id", "in", only.ids),
                ("customer_id", "in", only.ids),
            ]
        return domain

    def _get_guests_sql(self, rule, levels, only):
        members = self.env["crm.club.membership"]._search(
            self._get_member_domain(levels, only)
        )
        audience = self.env["res.partner"]._search(rule._get_audience())
        return SQL(
            """
            INSERT INTO crm_event_guest (event_id, partner_id, attendee_id, company_id,
                   level_id, state, seats, date, invited_at, invited_by_id,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(event)s, member.customer_id, member.partner_id, %(company)s,
                   member.level_id, 'invited', 0, %(day)s, %(now)s, %(uid)s,
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM crm_club_membership AS member
             WHERE member.id IN %(members)s AND member.customer_id IN %(audience)s
               AND NOT EXISTS (
                   SELECT FROM crm_event_guest AS known
                    WHERE known.event_id = %(event)s
                      AND known.attendee_id = member.partner_id)
       ON CONFLICT DO NOTHING
         RETURNING id
            """,
            event=self.id,
            company=self.company_id.id or None,
            day=self.activity_day,
            now=fields.Datetime.now(),
            uid=self.env.uid,
            members=members.subselect(),
            audience=audience.subselect(),
        )

    def _get_invitations_sql(self, rule, guests):
        return SQL(
            """
            INSERT INTO crm_care_task (rule_id, partner_id, person_id, company_id,
                   occasion, occasion_date, due_at, user_id, state, facts, res_model,
                   res_id, create_uid, create_date, write_uid, write_date)
            SELECT %(rule)s, guest.partner_id,
                   NULLIF(guest.attendee_id, guest.partner_id), %(own_company)s,
                   %(occasion)s, %(day)s, %(now)s, %(executor)s, 'planned',
                   jsonb_build_object('code', 'care_activity', 'activity', %(event)s,
                       'name', %(name)s), 'crm.event.guest', guest.id,
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM crm_event_guest AS guest
              JOIN res_partner AS customer ON customer.id = guest.partner_id
             WHERE guest.id = ANY(%(guests)s) AND customer.active
       ON CONFLICT DO NOTHING
         RETURNING id
            """,
            rule=rule.id,
            own_company=self.env["res.partner"]._get_own_company_sql("customer"),
            occasion=f"activity-{self.id}",
            day=self.activity_day,
            executor=rule._get_executor_sql(),
            event=self.id,
            name=self.name,
            guests=list(guests.ids),
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )

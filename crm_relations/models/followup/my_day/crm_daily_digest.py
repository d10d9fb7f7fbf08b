import pytz

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.retries import retry

BATCH = 50
SENT_WAYS = ("chat", "mail", "both")
DIGEST_HOUR = 8


class CrmDailyDigest(models.Model):
    """One message a person and day: what is due. The row is what keeps it to one.

    Row, mail and chat message are written in one transaction: killed before its end
    nothing has been sent, after it nothing is sent again; of two workers one gets the
    row. Mails leave through Odoo's queue. Who has nothing due, or the day off, gets
    nothing, and nobody gets one before somebody has chosen so.
    """

    _name = "crm.daily.digest"
    _description = "Daily digest"
    _order = "day desc, id desc"
    _rec_name = "day"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    day = fields.Date(required=True, readonly=True)
    line_count = fields.Integer(string="Due", readonly=True)
    is_mailed = fields.Boolean(string="Also by Mail", readonly=True)

    _day_uniq = models.UniqueIndex(
        "(user_id, day)", "This person has got the digest of this day already."
    )

    @api.model
    def _cron_send(self):
        """Escalate what is late, then send the digests of the companies whose day has
        come to the hour of the digest."""
        self.env["crm.contact.escalation"]._escalate_due()
        for company in self.env["res.company"]._get_all_for_relations():
            if self._is_time(company):
                self._send_in(company, company._get_relations_today())

    @api.model
    def _is_time(self, company):
        # Superuser: a setting for all.
        settings = self.env["ir.config_parameter"].sudo()
        hour = int(settings.get_param("crm_relations.digest_hour", DIGEST_HOUR))
        now = pytz.utc.localize(fields.Datetime.now())
        zone = pytz.timezone(company._get_relations_tz())
        return now.astimezone(zone).hour >= hour

    @api.model
    def _send_in(self, company, day):
        """Send to all people of this company who have none of this day yet."""
        last = 0
        while users := self._get_waiting_users(company, day, last):
            retry(self.env, lambda some=users: self._send(some, company, day))
            self.env["ir.cron"]._commit_progress(len(users))
            last = users[-1].id

    @api.model
    def _get_waiting_users(self, company, day, after, limit=BATCH):
        done = self.sudo()._search([("day", "=", day)])
        # Superuser: a job; it finds people by their role.
        return (
            self.env["res.users"]
            .sudo()
            .search(
                self._get_chosen_domain(company)
                & Domain("id", ">", after)
                & Domain("company_id", "=", company.id)
                & Domain("share", "=", False)
                & Domain("all_group_ids", "in", self._get_role().ids)
                & Domain("id", "not in", done.subselect("user_id")),
                order="id",
                limit=limit,
            )
        )

    @api.model
    def _get_chosen_domain(self, company):
        """Return the people for whom a digest has been chosen, by themselves or by
        their company: nobody gets one unasked."""
        chosen = Domain("relations_digest_way", "in", SENT_WAYS)
        # Superuser: a setting, of whatever company.
        if company.sudo().relations_digest_way in SENT_WAYS:
            chosen |= Domain("relations_digest_way", "=", False)
        return chosen

    @api.model
    def _get_role(self):
        return self.env.ref("crm_relations.group_user")

    @api.model
    def _send(self, users, company, day):
        """Send to these people what is due; the number of queries that look for it
        depends on cards and languages, not on people."""
        working = users._get_working_days(day, day)
        users = users.filtered(lambda user: working[user])
        digests = self._take(users, day)
        told = self._get_told(digests, day)
        for lang, some in digests.grouped(lambda digest: digest.user_id.lang).items():
            room = self.env["crm.my.day"].with_user(SUPERUSER_ID)
            room = room.with_company(company).with_context(lang=lang or "en_US")
            found = room._read_by_user(some.user_id, day)
            messages = {}
            for digest in some:
                cards = found.get(digest.user_id.id, [])
                news = told.get(digest.user_id, [])
                if cards or news:
                    messages[digest] = digest._compose(cards, news, lang or "en_US")
            self._deliver(messages, company)

    @api.model
    def _take(self, users, day):
        """Return new digests of those who have none yet of this day."""
        if not users:
            return self.browse()
        values = SQL(", ").join(
            SQL("(%s, %s, %s, %s)", user.id, day, self.env.uid, fields.Datetime.now())
            for user in users
        )
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_daily_digest (user_id, day, create_uid, create_date)
                VALUES %s ON CONFLICT DO NOTHING RETURNING id
                """,
                values,
            )
        )
        return self.browse(number for (number,) in rows)

    @api.model
    def _get_told(self, digests, day):
        """Hook: return what is told once, besides the cards, to each of these people
        and mark it as told: ``{user: [{"template", "count", …}]}``, in the order of
        the message; the template shows it as ``part``."""
        template = "crm_relations.crm_daily_digest_late"
        return {
            leader: [{"template": template, "count": len(some), "records": some}]
            for leader, some in self._get_escalations(digests).items()
        }

    @api.model
    def _get_escalations(self, digests):
        """Return ``{leader: escalations}`` not told yet, and mark them as told."""
        # Superuser: each leader is told the own ones.
        escalations = self.env["crm.contact.escalation"].sudo()
        new = escalations.search(
            [("leader_id", "in", digests.user_id.ids), ("is_told", "=", False)],
            order="due_date, id",
        )
        found = new.grouped("leader_id")
        for digest in digests:
            found.get(digest.user_id, escalations).write(
                {"digest_id": digest.id, "is_told": True}
            )
        return found

    def _compose(self, cards, news, lang):
        """Return (number of things due, subject, body) of this digest."""
        count = sum(part["count"] for part in (*cards, *news))
        subject = self.with_context(lang=lang).env._("Your day: %s due", count)
        return count, subject, self._render(cards, news, lang)

    def _render(self, cards, news, lang):
        values = {
            "user": self.user_id,
            "cards": cards,
            "news": news,
            "base_url": self.get_base_url(),
        }
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        return qweb._render("crm_relations.crm_daily_digest", values, lang=lang)

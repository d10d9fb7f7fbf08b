from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.retries import retry

ESCALATION_DAYS = 7


class CrmContactEscalation(models.Model):
    """Told to the leader of the team: this customer has not been contacted in time.

    Once for each time that a customer falls silent, whatever happens to its tier in the
    meantime; a new owner has the whole interval of its own. The leader reads it in the
    next daily digest.
    """

    _name = "crm.contact.escalation"
    _inherit = ["crm.customer.line.mixin"]
    _description = "Contact not made in time"
    _order = "id desc"
    _rec_name = "partner_id"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    leader_id = fields.Many2one(
        comodel_name="res.users",
        string="Told to",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    due_date = fields.Date(string="Contact Due", required=True, readonly=True)
    silent_since = fields.Datetime(required=True, readonly=True)
    digest_id = fields.Many2one(
        comodel_name="crm.daily.digest",
        string="In the Digest",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    is_told = fields.Boolean(string="Told", readonly=True)

    _silence_uniq = models.UniqueIndex(
        "(partner_id, silent_since)", "This silence has been passed on already."
    )
    _untold_idx = models.Index("(leader_id) WHERE is_told IS NOT TRUE")

    @api.model
    def _get_escalation_days(self):
        """Return after how many days a missed contact is passed on; 0 for never."""
        # Superuser: a setting that everyone is judged by.
        settings = self.env["ir.config_parameter"].sudo()
        value = settings.get_param("crm_relations.escalation_days", ESCALATION_DAYS)
        return int(value)

    @api.model
    def _escalate_due(self):
        """Pass on what is late by so many days, in batches; commits each of them."""
        days = self._get_escalation_days()
        while days and (count := retry(self.env, lambda: self._escalate(days))):
            self.env["ir.cron"]._commit_progress(count)

    @api.model
    def _escalate(self, days, limit=BATCH):
        """Write at most ``limit`` escalations; return how many; one statement."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_contact_escalation (partner_id, company_id, user_id,
                       leader_id, due_date, silent_since, create_uid, create_date)
                SELECT missed.*, %(uid)s, %(now)s
                  FROM (%(missed)s) AS missed
                 LIMIT %(limit)s
                    ON CONFLICT DO NOTHING
             RETURNING id
                """,
                missed=self._get_missed_sql(days),
                limit=limit,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return len(rows)

    @api.model
    def _get_missed_sql(self, days):
        """Return a SELECT of the silences that are late by so many days, have a leader
        to be told, and have not been passed on yet."""
        partners = self.env["res.partner"]
        return SQL(
            """
            SELECT partner.id, %(own_company)s AS company_id, partner.user_id,
                   leader.id AS leader_id, partner.contact_due_date,
                   %(silence)s AS silent_since
              FROM res_partner AS partner
              JOIN res_users AS owner ON owner.id = partner.user_id
              JOIN crm_team AS team ON team.id = owner.sale_team_id
              JOIN res_users AS leader ON leader.id = team.user_id AND leader.active
             WHERE partner.is_managed_customer AND partner.active
               AND leader.id <> owner.id
               AND partner.contact_due_date <= %(today)s - %(days)s
               AND NOT EXISTS (
                   SELECT FROM crm_contact_escalation AS known
                    WHERE known.partner_id = partner.id
                      AND known.silent_since = %(silence)s)
            """,
            own_company=partners._get_own_company_sql("partner"),
            silence=partners._get_silence_sql("partner"),
            today=partners._get_relations_today_sql("partner"),
            days=days,
        )

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

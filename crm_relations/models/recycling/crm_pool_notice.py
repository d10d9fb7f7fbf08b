from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Customers named in a digest; the rest is a number.
NAMED = 20
# Who is away longer is told when back.
LOOK_AHEAD_DAYS = 7


class CrmPoolNotice(models.Model):
    """Somebody has been told that a customer is about to leave.

    Written in the transaction that writes the digest in which it stands: one without
    the other does not exist. Each step is told once a person and release date; when
    the date moves, the steps begin anew.
    """

    _name = "crm.pool.notice"
    _description = "Notice of a release"
    _inherit = ["crm.decision.mixin"]

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person Told",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
    )
    release_date = fields.Date(string="Leaves On", required=True, readonly=True)
    step_days = fields.Integer(string="Days Before", required=True, readonly=True)
    digest_id = fields.Many2one(
        comodel_name="crm.daily.digest",
        string="In the Digest",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _step_uniq = models.UniqueIndex(
        "(partner_id, user_id, release_date, step_days)",
        "This step has been told already.",
    )

    @api.model
    def _announce(self, digests, day):
        """Write what is to be told in these new digests; one statement.

        Of several steps that are due the nearest is told. A step that would fall on
        days on which the person does not work is told on the working day before.

        :param day: of the digests
        """
        # Superuser: steps are the same for everybody.
        steps = self.env["crm.pool.notice.step"].sudo()
        earliest = steps.search([], order="days DESC", limit=1).days
        if not digests or not earliest:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                WITH told AS MATERIALIZED (%(told)s),
                     written AS (
                INSERT INTO crm_pool_notice (partner_id, company_id, user_id, owner_id,
                       release_date, step_days, facts, digest_id, decided_at,
                       create_uid, create_date)
                SELECT partner_id, company_id, user_id, owner_id, release_date,
                       step_days, facts, digest_id, %(now)s, %(uid)s, %(now)s
                  FROM (%(due)s) AS due
           ON CONFLICT DO NOTHING
             RETURNING id)
                SELECT count(*) FROM written
                """,
                told=self._get_told_sql(digests, day),
                due=self._get_due_sql(earliest),
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )

    @api.model
    def _get_due_sql(self, earliest):
        """Return a SELECT of the nearest step that is due for each person of ``told``
        and customer.

        :param earliest: days before a release of the first step of all
        """
        return SQL(
            """
            SELECT DISTINCT ON (told.user_id, partner.id) partner.id AS partner_id,
                   place.company_id, told.user_id, told.owner_id,
                   partner.pool_release_date AS release_date, step.days AS step_days,
                   partner.pool_release_facts AS facts, told.digest_id
              FROM told
              JOIN res_partner AS partner ON partner.user_id = told.owner_id
              JOIN crm_pool_rule AS rule ON rule.id = partner.pool_rule_id
        CROSS JOIN LATERAL (SELECT %(own_company)s AS company_id) AS place
        CROSS JOIN LATERAL (%(steps)s) AS step
             WHERE partner.is_managed_customer AND partner.active
               AND partner.pool_release_date <= told.last_day + %(earliest)s
               AND step.place = 1
               AND step.days >= partner.pool_release_date - told.last_day
               AND CASE told.role WHEN 'owner' THEN step.to_owner
                                  ELSE step.to_leader END
               AND (told.role <> 'manager' OR rule.pool_id = told.pool_id)
               AND (told.role = 'owner' OR place.company_id IS NULL
                    OR %(is_open)s)
          ORDER BY told.user_id, partner.id, step.days
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("partner"),
            is_open=self.env["res.users"]._get_open_company_sql(
                SQL("told.user_id"), SQL("place.company_id")
            ),
            steps=self._get_steps_sql(),
            earliest=earliest,
        )

    @api.model
    def _get_told_sql(self, digests, day):
        """Return a SELECT of who is told about the customers of whom: the own ones,
        those of the team led, and of salespeople whom nobody leads those that would go
        to a pool managed."""
        last_days = self._get_last_days(digests.user_id, day)
        return SQL(
            """
            WITH person (user_id, digest_id, last_day) AS (VALUES %(persons)s)
            SELECT person.*, user_id AS owner_id, NULL::int AS pool_id, 'owner' AS role
              FROM person
         UNION ALL
            SELECT person.*, member.id, NULL, 'leader'
              FROM person
              JOIN crm_team AS team ON team.user_id = person.user_id
              JOIN res_users AS member ON member.sale_team_id = team.id
             WHERE member.id <> person.user_id
         UNION ALL
            SELECT person.*, owner.id, link.crm_pool_id, 'manager'
              FROM person
              JOIN crm_pool_manager_rel AS link ON link.res_users_id = person.user_id
              JOIN res_users AS owner ON owner.id <> person.user_id AND NOT owner.share
         LEFT JOIN crm_team AS team ON team.id = owner.sale_team_id
         LEFT JOIN res_users AS leader ON leader.id = team.user_id
                                      AND leader.active AND leader.id <> owner.id
             WHERE leader.id IS NULL
            """,
            persons=SQL(", ").join(
                SQL(
                    "(%s, %s, %s::date)",
                    *(digest.user_id.id, digest.id, last_days[digest.user_id]),
                )
                for digest in digests
            ),
        )

    @api.model
    def _get_last_days(self, users, day):
        """Return ``{user: the day before the next one on which the person works}``."""
        ahead = timedelta(days=LOOK_AHEAD_DAYS)
        working = users._get_working_days(day + timedelta(days=1), day + ahead)
        return {
            user: min(working[user], default=day + ahead) - timedelta(days=1)
            for user in users
        }

    @api.model
    def _get_steps_sql(self):
        """Return a SELECT of the steps of ``partner`` by ``rule``; those with place 1
        count."""
        return SQL(
            """
            SELECT step.days, step.to_owner, step.to_leader,
                   rank() OVER (ORDER BY step.rule_id IS NULL,
                                         step.company_id IS NULL) AS place
              FROM crm_pool_notice_step AS step
             WHERE step.active
               AND (step.rule_id IS NULL OR step.rule_id = rule.id)
               AND (step.company_id IS NULL OR step.company_id = %s)
            """,
            self.env["res.partner"]._get_relation_company_sql("partner"),
        )

    @api.model
    def _get_lines(self, digests):
        """Return ``{digest id: (count, first lines)}``; few queries for all of them.
        The sentence of a line is rendered later, in the language of the reader."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT * FROM (
                    SELECT notice.digest_id, notice.partner_id, partner.complete_name
                           AS name, notice.release_date, notice.facts, notice.owner_id,
                           notice.user_id, count(*) OVER digest AS count,
                           row_number() OVER (digest ORDER BY notice.release_date,
                               partner.complete_name, partner.id) AS place
                      FROM crm_pool_notice AS notice
                      JOIN res_partner AS partner ON partner.id = notice.partner_id
                     WHERE notice.digest_id = ANY(%s)
                    WINDOW digest AS (PARTITION BY notice.digest_id)) AS line
                 WHERE place <= %s ORDER BY digest_id, place
                """,
                digests.ids,
                NAMED,
            )
        )
        # Superuser: names of colleagues, which the sentences contain; read at once.
        owners = self.env["res.users"].sudo().browse({row["owner_id"] for row in rows})
        owners.fetch(["partner_id"])
        owners.partner_id.fetch(["name"])
        names = {owner.id: owner.partner_id.name for owner in owners}
        found = {}
        for row in rows:
            row["owner"] = names[row["owner_id"]]
            row["is_own"] = row["owner_id"] == row["user_id"]
            found.setdefault(row["digest_id"], (row["count"], []))[1].append(row)
        return found

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

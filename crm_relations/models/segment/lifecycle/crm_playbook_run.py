from odoo import api, fields, models
from odoo.tools import SQL


class CrmPlaybookRun(models.Model):
    """A playbook at a customer: by which entry, for whom, from when to when."""

    _name = "crm.playbook.run"
    _description = "Run of a playbook"
    _inherit = ["crm.customer.line.mixin"]
    _order = "started_on desc, id desc"
    _rec_name = "playbook_id"

    playbook_id = fields.Many2one(
        comodel_name="crm.playbook",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    layer = fields.Selection(related="playbook_id.layer")
    change_id = fields.Many2one(
        comodel_name="crm.lifecycle.change",
        string="Entry",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="For",
        readonly=True,
        index="btree_not_null",
        help="Empty: nobody looks after the customer, so no activity was made.",
    )
    started_on = fields.Date(required=True, readonly=True)
    ended_on = fields.Date(readonly=True)
    activity_ids = fields.One2many(
        comodel_name="mail.activity",
        inverse_name="crm_playbook_run_id",
        string="Still to Do",
    )
    open_count = fields.Integer(string="Still Open", compute="_compute_open_count")

    _change_uniq = models.UniqueIndex(
        "(change_id)", "This entry has started its playbook already."
    )
    _running_idx = models.Index("(partner_id) WHERE ended_on IS NULL")

    @api.depends("activity_ids")
    def _compute_open_count(self):
        # Superuser: how many, without opening anyone's activities.
        counts = dict(
            self.env["mail.activity"]
            .sudo()
            ._read_group(
                [("crm_playbook_run_id", "in", self.ids)],
                ["crm_playbook_run_id"],
                ["__count"],
            )
        )
        for run in self:
            run.open_count = counts.get(run, 0)

    @api.model
    def _end(self, partner_ids):
        """End what runs at these customers, and drop what is still to do where the
        playbook says so."""
        runs = self.search(
            [("partner_id", "in", list(partner_ids)), ("ended_on", "=", False)]
        )
        for company, theirs in runs.grouped(
            lambda run: run.partner_id._get_relation_company()
        ).items():
            theirs.ended_on = company._get_relations_today()
        ending = runs.filtered("playbook_id.close_on_leaving")
        # Superuser: the layer has ended, whoever is to do its activities.
        activities = self.env["mail.activity"].sudo()
        activities.search([("crm_playbook_run_id", "in", ending.ids)]).unlink()

    @api.model
    def _follow_owner(self, partner_ids):
        """Pass what runs at these customers on to who looks after them now.

        Without anybody, what is still to do is dropped; whoever takes the customer
        later starts the playbook. As many statements for many customers of one owner
        as for one.
        """
        runs = self.search(
            [("partner_id", "in", list(partner_ids)), ("ended_on", "=", False)]
        )
        idle = runs.filtered(lambda run: not run.user_id)
        theirs = runs.activity_ids.filtered(
            lambda activity: activity.user_id == activity.crm_playbook_run_id.user_id
        )
        for user, passed_on in runs.grouped(lambda run: run._get_doer()).items():
            passed_on.user_id = user
            activities = theirs & passed_on.activity_ids
            if user:
                # Odoo would mail every single assignment.
                quiet = activities.with_context(mail_activity_quick_update=True)
                quiet.user_id = user
            else:
                activities.unlink()
        if self.env["crm.playbook"]._is_switched_on():
            idle.filtered("user_id")._create_activities()

    def _get_doer(self):
        """Return who is to do it: the active salesperson, else the stand-in."""
        self.ensure_one()
        owner = self.partner_id.user_id.filtered("active")
        return owner or self.playbook_id.stand_in_id.filtered("active")

    def _create_activities(self):
        """Make the activities of these runs, for those who are to do them.

        By one statement, in the language of each: Odoo's own ``create`` takes 21 ms an
        activity (it subscribes and mails one by one). Left out are the subscription
        of the salesperson to its own customer and the mail for each assignment.
        """
        clocks = self._get_clocks()
        steps = self._get_steps(set(clocks.values()))
        if not self or not steps:
            return
        self.env.flush_all()
        rows = self.env.execute_query(self._get_activities_sql(steps, clocks))
        self.env["mail.activity"].invalidate_model()
        partners = self.env["res.partner"].browse({row[0] for row in rows})
        partners.invalidate_recordset(["activity_ids"])
        self._tell_users(rows)

    @api.model
    def _tell_users(self, rows):
        """Count up what each user has to do today, as Odoo does in its top bar."""
        days = {}
        for _partner_id, user_id, day in rows:
            days.setdefault(user_id, []).append(day)
        for user in self.env["res.users"].browse(days):
            today = user._get_relations_today()
            if count := sum(day <= today for day in days[user.id]):
                message = {"activity_created": True, "count_diff": count}
                user._bus_send("mail.activity/updated", message)

    def _get_clocks(self):
        """Return ``{user id: date}``: the day that each of those who may have to do
        these runs has now."""
        templates = self.playbook_id.plan_id.template_ids
        named = [template._get_playbook_doer() for template in templates]
        doers = self.user_id.union(*named)
        return {user.id: user._get_relations_today() for user in doers}

    def _get_steps(self, days):
        """Return what each step of the plans says, a row a step, language and day on
        which somebody begins."""
        plans = self.playbook_id.plan_id
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return [
            (plan.id, language, today, *template._prepare_playbook_step(today))
            for today in days
            for language in languages
            for plan in plans
            for template in plan.template_ids.with_context(lang=language)
        ]

    def _get_activities_sql(self, steps, clocks):
        """Return the INSERT of the activities of ``steps``; it returns customer, user
        and day."""
        return SQL(
            """
            INSERT INTO mail_activity (res_model_id, res_model, res_id, res_name,
                   activity_type_id, summary, note, date_deadline, user_id, user_tz,
                   automated, active, crm_playbook_run_id,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(model)s, 'res.partner', partner.id, partner.complete_name,
                   step.type_id, step.summary, step.note, step.day, doer.id, person.tz,
                   TRUE, TRUE, run.id, %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM crm_playbook_run AS run
              JOIN res_partner AS partner ON partner.id = run.partner_id
              JOIN crm_playbook AS playbook ON playbook.id = run.playbook_id
              JOIN %(steps)s
                ON step.plan_id = playbook.plan_id
              JOIN (VALUES %(clocks)s) AS clock (user_id, today)
                ON clock.user_id = COALESCE(step.user_id, run.user_id)
               AND clock.today = step.today
              JOIN res_users AS doer
                ON doer.id = COALESCE(step.user_id, run.user_id) AND doer.active
              JOIN res_partner AS person ON person.id = doer.partner_id
             WHERE run.id = ANY(%(runs)s)
               AND step.lang = CASE WHEN person.lang = ANY(%(languages)s)
                                    THEN person.lang ELSE %(fallback)s END
          ORDER BY run.id, step.day
         RETURNING res_id, user_id, date_deadline
            """,
            model=self.env["ir.model"]._get_id("res.partner"),
            uid=self.env.uid,
            now=fields.Datetime.now(),
            steps=self._get_steps_sql(steps),
            clocks=SQL(", ").join(
                SQL("(%s, %s::date)", *clock) for clock in clocks.items()
            ),
            runs=self.ids,
            languages=sorted({step[1] for step in steps}),
            fallback=steps[0][1],
        )

    @api.model
    def _get_steps_sql(self, steps):
        """Return the SQL table ``step``."""
        rows = SQL(", ").join(
            SQL("(%s, %s, %s::date, %s, %s::int, %s::date, %s, %s)", *step)
            for step in steps
        )
        return SQL(
            "(VALUES %s) AS step"
            " (plan_id, lang, today, type_id, user_id, day, summary, note)",
            rows,
        )

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of what the reader may see.
        run = self.sudo()
        ended = self.env._("Ended on %s.", self.env.user._tell_day(run.ended_on))
        return {
            "date": self.env.user._tell_day(run.started_on),
            "title": run.playbook_id.name,
            "text": ended if run.ended_on else self.env._("Still running."),
            "by": run.user_id.name or "",
        }

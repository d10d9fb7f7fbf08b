from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.crm_relations.tools.sentences import join_label, join_words

LOOP_STATES = [("open", "To Settle"), ("settled", "Settled")]


class CrmSatisfactionResponse(models.Model):
    """A low answer is a task at once, for one person, once."""

    _inherit = "crm.satisfaction.response"

    loop_state = fields.Selection(
        selection=LOOP_STATES,
        string="Low Answer",
        readonly=True,
        copy=False,
        help="Whether somebody has looked after it.",
    )
    loop_user_id = fields.Many2one(
        comodel_name="res.users",
        string="To Be Settled By",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    loop_due_on = fields.Date(string="To Be Settled Until", readonly=True, copy=False)
    loop_activity_id = fields.Many2one(
        comodel_name="mail.activity",
        string="Task",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    loop_callback_id = fields.Many2one(
        comodel_name="crm.callback",
        string="Called Back",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _loop_idx = models.Index("(loop_user_id, loop_due_on) WHERE loop_state = 'open'")

    def _answered(self):
        result = super()._answered()
        low = self.filtered(lambda one: one.is_low and not one.loop_state)
        low._open_loop()
        return result

    def unlink(self):
        """What is taken back, as the scores of a check, leaves nobody a task."""
        # Superuser: whosever task it is.
        tasks = self.sudo().loop_activity_id.filtered("active")
        result = super().unlink()
        tasks.unlink()
        return result

    def _open_loop(self):
        """Give each of these, as superuser, to who has to settle it."""
        for response in self:
            user = response._get_settler()
            today = response.company_id._get_relations_today()
            due = today + timedelta(days=response.study_id.low_task_days)
            response.write(
                {
                    "loop_state": "open",
                    "loop_user_id": user.id,
                    "loop_due_on": due,
                }
            )
        # Odoo would mail every single one; the digest tells them all at once.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        told = self.filtered("loop_user_id")
        made = activities.create([one._prepare_loop_activity_vals() for one in told])
        for response, activity in zip(told, made, strict=True):
            response.loop_activity_id = activity
        self.filtered(lambda one: one.study_id.low_callback)._call_back()

    def _get_settler(self, leavers=()):
        """Return who settles a low answer: somebody who works in its company.

        :param leavers: users who do not any more
        """
        self.ensure_one()
        study, user = self.study_id, self.user_id
        wanted = {
            "leader": user._get_leader() or self.team_id.user_id,
            "responsible": study.user_id,
            "salesperson": user,
        }[study.low_task_to]
        for one in (wanted, study.user_id, self.team_id.user_id, user):
            if one not in leavers and self._may_be_settled_by(one):
                return one
        return user.browse()

    def _may_be_settled_by(self, user):
        """Return whether this is somebody who works in the company of the answer."""
        self.ensure_one()
        # Superuser: whether a colleague is still there.
        user = user.sudo()
        is_there = user.active and not user.share
        return is_there and self.company_id <= user._get_open_companies()

    def _follow_tasks(self):
        """Let these, as superuser, be settled by whom their tasks are given to, until
        the day that these are put off to."""
        for response in self:
            task = response.loop_activity_id
            if response._may_be_settled_by(task.user_id):
                response.loop_user_id = task.user_id
            response.loop_due_on = task.date_deadline

    def _prepare_loop_activity_vals(self):
        """Return the task: on the customer where there is one, else on its own."""
        response = self.with_context(lang=self.loop_user_id.lang)
        vals = {
            "activity_type_id": self._get_loop_activity_type().id,
            "summary": response.env._(
                "Low answer: %(study)s", study=response.study_id.name
            ),
            "note": response._get_loop_note(),
            "date_deadline": response.loop_due_on,
            "user_id": response.loop_user_id.id,
        }
        if self.partner_id:
            vals |= {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.partner_id.id,
            }
        return vals

    def _get_loop_note(self):
        """Return the way to the answer. What the customer said does not stand in the
        task: everybody reads the tasks of a customer."""
        action = "crm_relations_survey.crm_satisfaction_response_action"
        return Markup('<p><a href="/odoo/action-%s/%s">%s</a></p>') % (
            action,
            self.id,
            self.env._("Open the answer"),
        )

    @api.model
    def _get_loop_activity_type(self):
        """Return the kind of these tasks, none if somebody has deleted it."""
        kinds = self.env["mail.activity.type"]
        name = "crm_relations_survey.mail_activity_type_low_answer"
        return self.env.ref(name, raise_if_not_found=False) or kinds

    def _tell_low(self):
        """Return in words what is low about it."""
        self.ensure_one()
        parts = []
        if self.has_points:
            parts.append(self.env._("%s of 100 points", round(self.points)))
        if self.has_nps:
            parts.append(self.env._("recommends with %s of 10", self.nps))
        limit = self.study_id.low_factor_limit
        scores = self.score_ids.filtered(
            lambda one: one.kind == "factor" and one.points < limit
        )
        parts += [
            join_label(self.env, one.question, one.answer or "") for one in scores
        ]
        words = join_words(self.env, parts)
        return "\n".join(filter(None, (words, self.comment)))

    def _call_back(self):
        """Have the customers called back, each once."""
        now = fields.Datetime.now().replace(microsecond=0)
        calls = self.env["crm.callback"]
        called = self.filtered(lambda one: one.partner_id and not one.loop_callback_id)
        made = calls.create(
            [
                {
                    "partner_id": response.partner_id.id,
                    "person_id": response.person_id.id,
                    "own_purpose": self.env._(
                        "Low answer: %(study)s", study=response.study_id.name
                    ),
                    "priority": "1",
                    "occasion": f"low-{response.id}",
                    "occurred_at": now,
                    "due_at": now,
                    "deadline_at": now
                    + timedelta(hours=response.study_id.callback_hours),
                }
                for response in called
            ]
        )
        for response, call in zip(called, made, strict=True):
            response.loop_callback_id = call

    def _get_traces(self):
        return [*super()._get_traces(), self.loop_activity_id, self.loop_callback_id]

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import models
from odoo.tools import plaintext2html

from ...tools.sentences import join_sentences
from ...tools.tact import ACTIVITY, to_local

_logger = logging.getLogger(__name__)

SECOND = timedelta(seconds=1)
BY_PERSON = (ACTIVITY, "gift")
NOT_YET = dict.fromkeys(
    ("dispatched_at", "deadline_at", "missed_at", "supervisor_id", "touch_date")
)


class CrmCareTask(models.Model):
    """Send out tasks by their channel. Nothing here commits, and nothing leaves:
    messages are written into Odoo's queues.

    To add a channel, extend ``channel`` of the rule and write
    ``_send_by_<channel>(outcomes)``: ``self`` are locked tasks of one rule and company,
    ``outcomes`` what has been decided on them. It returns ``{task id: values}``, with
    the state.
    """

    _inherit = "crm.care.task"

    def _dispatch(self, channel, outcomes):
        """Send out these locked tasks; one that fails keeps no other from going."""
        found = {}
        for (_rule, company), some in self.grouped(
            lambda task: (task.rule_id, task._get_company())
        ).items():
            # The sender, and the provider, are those of the company of the customer.
            some = some.with_company(company)
            found |= some._isolate(f"_send_by_{channel}", outcomes)
        return found

    def _isolate(self, method, outcomes):
        """Return what ``method`` returns; where it fails, what it returns for halves,
        down to the task to blame: that one is listed, with the error in words."""
        try:
            with self.env.cr.savepoint():
                return getattr(self, method)(outcomes)
        except OperationalError:  # a conflict: the whole batch is tried again
            raise
        except Exception as error:  # pylint: disable=broad-except
            if len(self) > 1:
                middle = len(self) // 2
                halves = self[:middle], self[middle:]
                found = [half._isolate(method, outcomes) for half in halves]
                return found[0] | found[1]
            return {self.id: self._prepare_failure(error)}

    def _prepare_failure(self, error):
        _logger.warning("Care task %s could not be sent out: %s", self.id, error)
        words = str(error.__cause__ or error).replace("\0", "").strip().splitlines()
        words = words or [repr(error)]
        facts = {"code": "care_failed", "error": words[0]}
        return {**NOT_YET, "state": "failed", "dispatch_facts": facts}

    def _send_by_activity(self, outcomes):
        return self._create_activities(outcomes)

    def _send_by_gift(self, outcomes):
        return self._dispatch_gift(outcomes)

    def _dispatch_gift(self, outcomes):
        """Hook: a person hands the gift over."""
        return self._create_activities(outcomes)

    def _send_by_callback(self, outcomes):
        found = self._dispatch_callback(outcomes) or {}
        return {task.id: {"state": "open"} | found.get(task.id, {}) for task in self}

    def _dispatch_callback(self, outcomes):
        """Hook: make the calls of these tasks, in multi; here a person calls.

        :return: ``{task id: values to be written on the task}``, may be empty
        """
        call = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        return self._create_activities(outcomes, call)

    def _create_activities(self, outcomes, activity_type=None):
        """Make an activity for whoever is in charge; without anybody a task waits."""
        ready = self.filtered("user_id.active")
        # Odoo asks for the name of each customer on its own: read them at once.
        ready.partner_id.mapped("display_name")
        # Odoo would mail every single assignment; the digest tells them all at once.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True,
            crm_care_followed=ready._let_executors_follow(),
        )
        made = activities.create(
            [
                task._prepare_activity_vals(outcomes[task.id], activity_type)
                for task in ready
            ]
        )
        found = {
            task.id: {"state": "open", "activity_id": activity.id}
            for task, activity in zip(ready, made, strict=True)
        }
        for task in self - ready:
            # Without anybody in charge only these are left alone until there is.
            channel = outcomes[task.id]["channel"]
            waits = channel if channel in BY_PERSON else ACTIVITY
            found[task.id] = {**NOT_YET, "state": "planned", "channel": waits}
        return found

    def _prepare_activity_vals(self, outcome, activity_type=None):
        self.ensure_one()
        task = self.with_context(lang=self.user_id.lang)
        activity_type = activity_type or self.rule_id.activity_type_id
        # A deadline at midnight is the end of the day before.
        zone = self.user_id._get_relations_tz()
        last = to_local(outcome["deadline_at"] - SECOND, zone)
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.partner_id.id,
            "activity_type_id": activity_type.id,
            "summary": task._get_summary(),
            "note": task._get_note(outcome["dispatch_facts"]),
            "date_deadline": last.date(),
            "user_id": self.user_id.id,
        }

    def _get_summary(self):
        person = self.person_id or self.partner_id
        return self.env._(
            "%(rule)s: %(person)s", rule=self.rule_id.name, person=person.name
        )

    def _get_note(self, dispatch_facts):
        """Return why it has come up, what stood in the way of a message, what to do."""
        words = (
            self.reason,
            self.env["crm.reason"]._get_sentence(dispatch_facts),
            self.rule_id.instructions,
        )
        return plaintext2html(join_sentences(words))

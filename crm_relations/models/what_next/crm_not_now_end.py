from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.arguments import Answers


class CrmNotNow(models.Model):
    """Back into the list: by hand, and when the day has come."""

    _inherit = "crm.not.now"

    def end(self) -> Answers:
        """Take these customers back into the list What Next now.

        Whoever may put the customer off may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (it is over already)
        """
        known = self.exists()._filtered_access("read")
        missing = self.env._("It does not exist any more.")
        no_right = self.env._(
            "Only its salesperson, who works along, the leader of the team or a "
            "relations manager may do this."
        )
        blocked = self.env._("It is over already.")
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        allowed = known.partner_id._filter_may_put_off()
        for line in known:
            if line.partner_id not in allowed:
                refusals[line.id] = ("no_right", no_right)
            elif not line.active:
                refusals[line.id] = ("blocked", blocked)
        ended = known.filtered(lambda line: line.id not in refusals)
        # Superuser: nobody writes lines; who may was decided above.
        ended.sudo()._end("ended")
        done = ("ok", self.env._("It is in the list again."))
        answers = ((number, *refusals.get(number, done)) for number in self.ids)
        return [
            {"id": number, "ok": code == "ok", "code": code, "message": message}
            for number, code, message in answers
        ]

    def action_end(self):
        customers = {line.id: line.partner_id.id for line in self.exists()}
        answers = [
            {**answer, "id": customers.get(answer["id"], False)}
            for answer in self.end()
        ]
        return self.env["crm.answer.summary"]._open_or_refuse(answers)

    def _end(self, ending):
        self.write(
            {"active": False, "ended_at": fields.Datetime.now(), "ending": ending}
        )

    @api.model
    def _get_due_grants_sql(self):
        return SQL(
            """
            crm_not_now AS granted
              JOIN res_partner AS partner ON partner.id = granted.partner_id
             WHERE granted.active AND granted.until <= %s
            """,
            self.env["res.partner"]._get_relations_today_sql("partner"),
        )

    @api.model
    def _get_expired_sql(self):
        return SQL("active = FALSE, ending = 'expired'")

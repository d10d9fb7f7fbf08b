from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.arguments import Answers


class CrmPoolAside(models.Model):
    """A pool customer whom the pool offers to nobody until a day, for a reason: it has
    asked not to be called, say. Who runs the pool decides it.

    The day decides, no job: from then on it is in the pool as before. It is over
    earlier when somebody takes it back, or when it gets a salesperson. Lines stay as
    history.
    """

    _name = "crm.pool.aside"
    _inherit = ["crm.customer.line.mixin"]
    _description = "Put aside in the pool"
    _order = "until, id"
    _rec_name = "partner_id"

    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Public Pool",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    until = fields.Date(
        string="Put Aside Until",
        required=True,
        readonly=True,
        help="On this day the customer is in the pool again, for everybody.",
    )
    reason = fields.Char(required=True, readonly=True)
    put_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Put Aside By",
        readonly=True,
        index="btree_not_null",
    )
    put_at = fields.Datetime(string="Put Aside On", required=True, readonly=True)
    active = fields.Boolean(default=True, readonly=True)
    ended_at = fields.Datetime(string="Taken Back On", readonly=True)

    _of_customer_idx = models.Index("(partner_id, until) WHERE active")

    def take_back(self) -> Answers:
        """Let the pool offer these customers again, now.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right (one does not run the pool), blocked (it is over)
        """
        codes = self._get_back_codes()
        ended = [number for number, code in codes.items() if code == "ok"]
        # Superuser: nobody writes lines; who may was decided above.
        self.sudo().browse(ended)._end()
        words = self._get_back_words()
        return [
            {
                "id": number,
                "ok": codes[number] == "ok",
                "code": codes[number],
                "message": words[codes[number]],
            }
            for number in self.ids
        ]

    def _get_back_codes(self):
        """Return ``{id: code}``, see ``take_back``."""
        known = self.exists()
        codes = dict.fromkeys(self.ids, "missing") | dict.fromkeys(
            known.ids, "no_right"
        )
        # Superuser: in which pool a customer is; who runs it may.
        for line in known._filtered_access("read").sudo():
            if line.partner_id.pool_id._has_manager(self.env.user):
                codes[line.id] = "ok" if line._is_in_force() else "blocked"
        return codes

    def _get_back_words(self):
        return {
            "ok": self.env._("The pool offers it again."),
            "missing": self.env._("It does not exist any more."),
            "no_right": self.env._("Only the managers of its pool may do this."),
            "blocked": self.env._("It is not put aside any more."),
        }

    def _is_in_force(self):
        self.ensure_one()
        return self.active and self.until > self.partner_id._get_relation_today()

    def _end(self):
        self.write({"active": False, "ended_at": fields.Datetime.now()})

    def action_take_back(self):
        customers = {line.id: line.partner_id.id for line in self.exists()}
        answers = [
            {**answer, "id": customers.get(answer["id"], False)}
            for answer in self.take_back()
        ]
        return self.env["crm.answer.summary"]._open_or_refuse(answers)

    @api.model
    def _get_in_force_sql(self):
        """Return a SELECT of partner_id and until of those put aside today."""
        self.flush_model()
        partners = self.env["res.partner"]
        partners.flush_model(["pool_id", "company_id", "relation_company_id"])
        return SQL(
            """
            SELECT aside.partner_id, max(aside.until) AS until
              FROM crm_pool_aside AS aside
              JOIN res_partner AS partner ON partner.id = aside.partner_id
             WHERE aside.active AND aside.until > %s
               AND partner.pool_id IS NOT NULL
          GROUP BY aside.partner_id
            """,
            partners._get_relations_today_sql("partner"),
        )

    def _get_history_line(self):
        """Return what the timeline of the customer shows, as a ledger's line does."""
        # Superuser: the name of a colleague.
        line = self.sudo()
        words = [
            line.reason,
            self.env._("until %(day)s", day=self.env.user._tell_day(line.until)),
        ]
        if line.ended_at:
            moment = line.partner_id._format_history_moment(line.ended_at)
            words.append(self.env._("over since %(moment)s", moment=moment))
        return {
            "date": line.partner_id._format_history_moment(line.put_at),
            "title": self.env._(
                "Put aside in the pool %(pool)s", pool=line.pool_id.name or "–"
            ),
            "text": " · ".join(words),
            "by": line.put_by_id.name or "",
        }

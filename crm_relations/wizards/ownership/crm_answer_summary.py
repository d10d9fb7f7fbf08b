from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.sentences import join_words

CODES = [
    ("ok", "Done"),
    ("taken", "Taken by others"),
    ("not_in_pool", "In no pool"),
    ("not_member", "Not a member"),
    ("cap_reached", "Over the cap"),
    ("daily_limit", "Limit of the day"),
    ("weekly_limit", "Limit of the week"),
    ("cool_down", "Had it before"),
    ("frozen", "Came just now"),
    ("protected", "Protected"),
    ("put_aside", "Put aside"),
    ("blocked", "Not possible"),
    ("ownership_off", "Customers not owned yet"),
    ("no_right", "No right"),
    ("missing", "Not there any more"),
    ("touched", "Touched since"),
    ("no_owner", "Salesperson has left"),
]


class CrmAnswerSummary(models.TransientModel):
    """What became of many customers at once: one sentence, and who was left out."""

    _name = "crm.answer.summary"
    _description = "Result of an action on many customers"
    _rec_name = "sentence"

    sentence = fields.Char(readonly=True)
    line_ids = fields.One2many(
        comodel_name="crm.answer.line",
        inverse_name="summary_id",
        string="Left Out",
        readonly=True,
    )

    @api.model
    def _open(self, answers, title=None):
        """Return the action that shows how it went. A single success is told by a
        notification that nobody has to close.

        :param answers: ``[{"id", "ok", "code", "message"}]`` as the methods for many
            customers return them
        :param title: of the dialog, in the user's language
        """
        refused = [answer for answer in answers if not answer["ok"]]
        if not refused and len(answers) == 1:
            return self._notify(answers[0]["message"])
        known = self.env["res.partner"].browse(answer["id"] for answer in refused)
        known = set(known.exists().ids)
        # Superuser: results are written by nobody; each user reads the own ones.
        lines = [
            fields.Command.create(
                {
                    "partner_id": answer["id"] if answer["id"] in known else False,
                    "code": answer["code"],
                    "message": answer["message"],
                }
            )
            for answer in refused
        ]
        summary = self.sudo().create(
            {"sentence": self._get_sentence(answers), "line_ids": lines}
        )
        return {
            "type": "ir.actions.act_window",
            "name": title or self.env._("Result"),
            "res_model": self._name,
            "res_id": summary.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _open_or_refuse(self, answers, title=None):
        """Like ``_open``; but where the same stands against all of them, it is raised,
        so that the dialog in which it was asked stays open for another try."""
        messages = {answer["message"] for answer in answers if not answer["ok"]}
        if len(messages) == 1 and not any(answer["ok"] for answer in answers):
            raise UserError(messages.pop())
        return self._open(answers, title)

    @api.model
    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _get_sentence(self, answers):
        """Return how many fared how, such as “Done: 41, Taken by others: 3 · It is
        yours now.”"""
        counts = {}
        for answer in answers:
            counts[answer["code"]] = counts.get(answer["code"], 0) + 1
        labels = dict(
            self.env["crm.answer.line"]._fields["code"]._description_selection(self.env)
        )
        order = sorted(counts, key=lambda code: (code != "ok", -counts[code], code))
        sentence = join_words(
            self.env,
            [
                self.env._(
                    "%(what)s: %(count)s",
                    what=labels.get(code, code),
                    count=counts[code],
                )
                for code in order
            ],
        )
        # What is the same for all that went well says more than their number.
        told = {answer["message"] for answer in answers if answer["ok"]}
        return f"{sentence} · {told.pop()}" if len(told) == 1 else sentence

    def action_close(self):
        """Close, and let the list behind show what has changed."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

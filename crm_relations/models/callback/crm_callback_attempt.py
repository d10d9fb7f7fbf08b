from odoo import fields, models


class CrmCallbackAttempt(models.Model):
    """One call that was made, and how it ended. Nobody changes it afterwards."""

    _name = "crm.callback.attempt"
    _inherit = ["crm.customer.line.mixin", "crm.hidden.mixin"]
    _description = "Attempt to call back"
    _order = "called_at desc, id desc"
    _rec_name = "partner_id"

    callback_id = fields.Many2one(
        comodel_name="crm.callback",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.callback.rule",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    person_id = fields.Many2one(
        comodel_name="res.partner",
        string="Person Called",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    agent_id = fields.Many2one(
        comodel_name="res.users", required=True, readonly=True, index=True
    )
    outcome_id = fields.Many2one(
        comodel_name="crm.callback.outcome",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    called_at = fields.Datetime(
        string="Called",
        required=True,
        readonly=True,
        index=True,
        default=fields.Datetime.now,
    )
    seconds = fields.Integer(readonly=True, help="How long the screen was open.")
    number = fields.Char(
        string="Telephone Number", readonly=True, index="btree_not_null"
    )
    number_taken_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
        help="Who had typed the number when it was dialled; where that is not known, "
        "the salesperson of the customer.",
    )
    is_number_invalid = fields.Boolean(
        string="Wrong Number",
        readonly=True,
        help="This number is not dialled again for this customer.",
    )
    note = fields.Text(readonly=True)
    followup_id = fields.Many2one(
        comodel_name="crm.followup",
        string="Follow-up",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    # With the rights of who reads: what came of a call is counted by them.
    came_of = fields.Char(
        related="callback_id.came_of", related_sudo=False, string="What Came of It"
    )
    token = fields.Char(readonly=True, export_string_translation=False)

    _token_uniq = models.UniqueIndex(
        "(token) WHERE token IS NOT NULL", "This call has been saved already."
    )
    _wrong_idx = models.Index("(partner_id, number) WHERE is_number_invalid")

    def action_open_callback(self):
        """Open the callback in which this call was made, with what came of it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.callback",
            "res_id": self.callback_id.id,
            "views": [(False, "form")],
        }

    def action_number_is_right(self):
        """The number was right after all: it is dialled again."""
        self.check_access("read")
        self.env["crm.callback"].check_access("write")
        # Superuser: nobody writes attempts; the right to change callbacks was checked.
        self.sudo().is_number_invalid = False

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of outcomes, rules and colleagues.
        attempt = self.sudo()
        person = attempt.person_id - attempt.partner_id
        words = [person.name, attempt.callback_id.purpose, attempt.note]
        return {
            "date": attempt.partner_id._format_history_moment(attempt.called_at),
            "title": attempt.outcome_id.name,
            "text": " · ".join(filter(None, words)),
            "by": attempt.agent_id.name,
        }

    def _get_dialled(self):
        """Return ``{id: number}``, hidden or not: to compare with, not to show."""
        # Superuser: the closed table.
        kept = self.env["crm.hidden.value"].sudo()._get_of_records(self)
        return {
            attempt.id: attempt.number
            or (kept.get(attempt.id, {}).get("phone") or {}).get("number")
            for attempt in self
        }

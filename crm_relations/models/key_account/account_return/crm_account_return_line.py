from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....tools.sentences import join_sentences
from .crm_account_return import MANAGER


class CrmAccountReturnLine(models.Model):
    """What one source comes to in a period; opens the documents that it is the sum
    of."""

    _name = "crm.account.return.line"
    _description = "Part of the return on a customer"
    _order = "return_id, id"
    _log_access = False
    _rec_name = "source"

    return_id = fields.Many2one(
        comodel_name="crm.account.return",
        string="Return on Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="return_id.company_id", export_string_translation=False
    )
    currency_id = fields.Many2one(related="return_id.currency_id")
    source = fields.Selection(
        selection="_selection_source", string="What", readonly=True, required=True
    )
    effect = fields.Char(readonly=True, export_string_translation=False)
    document_count = fields.Integer(string="How Many", readonly=True)
    minutes = fields.Float(digits=(16, 1), readonly=True)
    amount = fields.Monetary(readonly=True, help="Without what time cost.")
    time_cost = fields.Monetary(string="Cost of Time", readonly=True, groups=MANAGER)
    unpriced_count = fields.Integer(
        string="Contacts Without a Rate", readonly=True, groups=MANAGER
    )
    unmeasured_count = fields.Integer(string="Contacts Without Minutes", readonly=True)
    note = fields.Char(string="What Counts", compute="_compute_note")

    _source_uniq = models.UniqueIndex(
        "(return_id, source)", "This stands here already."
    )

    @api.model
    def _selection_source(self):
        sources = self.env["crm.account.return"]._get_sources()
        return [(code, source.label) for code, source in sources.items()]

    @api.depends("source", "unmeasured_count", "document_count")
    @api.depends_context("lang", "uid")
    def _compute_note(self):
        sources = self.env["crm.account.return"]._get_sources()
        sees_rates = self.env.user.has_group(MANAGER)
        for line in self:
            words = [
                *line._tell_source(sources.get(line.source)),
                *line._tell_unknown(sees_rates),
            ]
            line.note = join_sentences(words)

    def _tell_source(self, source):
        """Give in words what is counted; nothing of what is counted no more."""
        if not source:
            return
        yield source.explained
        if source.effect == "included":
            yield self.env._("In the revenue already.")
        if source.effect == "margin" and not self.document_count:
            yield self.env._("No cost is known here.")

    def _tell_unknown(self, sees_rates):
        """Give in words of how much time or cost is not known."""
        if self.unmeasured_count:
            yield self.env._(
                "%s without minutes: their time is not known.", self.unmeasured_count
            )
        if sees_rates and self.unpriced_count:
            yield self.env._("%s without a rate: counted as 0.", self.unpriced_count)

    def action_open_documents(self):
        """Open the documents that this is the sum of, as of now; those that the reader
        may not open are told, not shown."""
        self.ensure_one()
        self.return_id.action_count_again()
        source = self.env["crm.account.return"]._get_sources().get(self.source)
        if not source:
            raise UserError(self.env._("This is counted no more."))
        ids = self._get_document_ids(source)
        records = self.env[source.model].with_context(active_test=False)
        seen = 0
        if records.has_access("read"):
            seen = records.search_count([("id", "in", ids)])
        action = {
            "type": "ir.actions.act_window",
            "name": source.label,
            "res_model": source.model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
            "context": {"active_test": False, "create": False},
        }
        return self._tell_unseen(action, len(ids), seen)

    def _tell_unseen(self, action, count, seen):
        if seen == count:
            return action
        message = self.env._(
            "Counted documents: %(count)s. You may open %(seen)s of them.",
            count=count,
            seen=seen,
        )
        told = {"message": message, "type": "info"}
        if seen:
            told["next"] = action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": told,
        }

    def _get_document_ids(self, source):
        """Return the ids of the documents that count, in one statement."""
        one = self.return_id.sudo()  # Superuser: which count, whoever reads
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT document_id FROM (%s) AS doc
                 WHERE doc.partner_id = %s AND doc.day BETWEEN %s AND %s
              ORDER BY document_id
                """,
                source.query(one.partner_id.ids),
                one.partner_id.id,
                one.date_start,
                one.date_end,
            )
        )
        return [number for (number,) in rows]

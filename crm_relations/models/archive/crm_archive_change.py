from odoo import api, fields, models

from ...tools.sentences import join_label

SOURCES = [
    ("form", "Form"),
    ("import", "Import"),
    ("api", "API"),
    ("proposal", "Proposal"),
    ("callback", "Callback"),
    ("merge", "Merge"),
    ("portal", "Portal"),
    ("job", "Automatic"),
]


class CrmArchiveChange(models.Model):
    """Ledger of the archive: which field of whom said what before and after, who
    changed it, when, by what way and why.

    A line is written when the transaction is about to end, and never changed, but for
    the reason: whoever made the change may give it afterwards. What is confidential is
    told without what it says.
    """

    _name = "crm.archive.change"
    _description = "Change of an archive"
    _order = "changed_at desc, id desc"
    _rec_name = "field_key"

    customer_id = fields.Many2one(
        comodel_name="res.partner", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer or Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Whose data it is: the customer itself, or a person there.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, index="btree_not_null"
    )
    field_key = fields.Selection(
        selection=lambda self: self._selection_field_key(),
        string="Field",
        required=True,
        readonly=True,
        index=True,
    )
    subject = fields.Char(
        readonly=True, help="Which competitor, which credit incident."
    )
    old_value = fields.Text(readonly=True, export_string_translation=False)
    new_value = fields.Text(readonly=True, export_string_translation=False)
    old_text = fields.Text(string="Before", compute="_compute_texts")
    new_text = fields.Text(string="After", compute="_compute_texts")
    is_confidential = fields.Boolean(
        string="Confidential",
        readonly=True,
        help="That it was changed is told, what it says is not.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Changed By",
        required=True,
        readonly=True,
        index=True,
    )
    changed_at = fields.Datetime(
        string="Changed on",
        required=True,
        readonly=True,
        index=True,
        default=fields.Datetime.now,
    )
    source = fields.Selection(
        selection=SOURCES,
        required=True,
        readonly=True,
        help="By what way it was changed. “Automatic” is what no person did: a job, "
        "or what follows from something else.",
    )
    proposal_id = fields.Many2one(
        comodel_name="crm.archive.proposal",
        string="Proposed As",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    why = fields.Char(
        string="Reason",
        help="Why it was changed, or how it is known. Who changed it may add it.",
    )
    may_explain = fields.Boolean(compute="_compute_may_explain")

    # What a customer's page reads.
    _latest_idx = models.Index("(customer_id, changed_at DESC)")

    @api.depends("field_key", "old_value", "new_value", "is_confidential")
    @api.depends_context("lang", "uid")
    def _compute_texts(self):
        for change in self:
            change.old_text = change._tell_kept(change.old_value)
            change.new_text = change._tell_kept(change.new_value)
            if change.is_confidential:
                change.new_text = self.env._("changed, confidential")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_may_explain(self):
        manages = self.env.user.has_group("crm_relations.group_relations_manager")
        for change in self:
            change.may_explain = manages or change.user_id == self.env.user

    def _has_field_access(self, field, operation):
        kept = operation == "write" and field.name != "why" and not self.env.su
        return super()._has_field_access(field, operation) and not kept

    def action_open_customer(self):
        self.ensure_one()
        return self.customer_id.action_open_customer()

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: the names of a colleague and of a contact, to who may read the
        # line.
        line = self.sudo()
        label = self._get_key_label()
        title = f"{label} ({line.subject})" if line.subject else label
        person = line.partner_id - line.customer_id
        title = f"{person.name}, {title}" if person else title
        source = dict(self._fields["source"]._description_selection(self.env))
        return {
            "date": line.customer_id._format_history_moment(line.changed_at),
            "title": join_label(self.env, title, self._get_words()),
            "text": line.why or "",
            "by": f"{line.user_id.name} · {source[line.source]}",
        }

    def _get_words(self):
        """Return what was changed, in a few words."""
        if self.is_confidential:
            return self.new_text
        return f"{self._cut(self.old_text)} → {self._cut(self.new_text)}"

    @staticmethod
    def _cut(text, length=120):
        text = " ".join((text or "–").split())
        return text if len(text) <= length else f"{text[: length - 1]}…"

from odoo import fields, models
from odoo.exceptions import AccessError

# What people correct, or decide; the rest is written by the import.
EDITABLE = frozenset(
    (
        *("name", "is_company", "company_name", "function", "phone", "email"),
        "decision",
    )
)


class CrmContactImportLine(models.Model):
    """One card, and what becomes of it."""

    _name = "crm.contact.import.line"
    _description = "Card of an import of contacts"
    _order = "import_id, number, id"

    import_id = fields.Many2one(
        comodel_name="crm.contact.import",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer(
        string="No.", readonly=True, help="Which card of the file it is."
    )
    name = fields.Char()
    is_company = fields.Boolean(string="Is a Company")
    company_name = fields.Char(
        string="Company",
        help="A company of this name is looked for, else made.",
    )
    function = fields.Char(string="Job Position")
    phone = fields.Char()
    email = fields.Char()
    # What else stands on the card, see ``tools.vcards.Card``.
    card = fields.Json(readonly=True, export_string_translation=False)
    left_out = fields.Char(
        readonly=True, help="What stands on the card and has no place here, by name."
    )
    photo = fields.Image(readonly=True, max_width=1920, max_height=1920)
    kind = fields.Selection(
        selection=[
            ("new", "Not here yet"),
            ("known", "Here already"),
            ("twice", "Twice in the file"),
            ("wrong", "No contact"),
        ],
        string="What It Is",
        readonly=True,
    )
    finding = fields.Char(string="Why", readonly=True)
    match_id = fields.Many2one(
        comodel_name="res.partner",
        string="Matching Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    decision = fields.Selection(
        selection=[
            ("create", "Create"),
            ("complete", "Complete"),
            ("skip", "Leave out"),
        ],
        string="What Becomes of It",
        required=True,
        default="create",
        help="Complete: what is empty with who is here already is filled in; nothing "
        "that stands there is changed.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    made_company_id = fields.Many2one(
        comodel_name="res.partner",
        string="Company Made",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The company that was made for this card.",
    )
    is_made = fields.Boolean(
        string="Made",
        readonly=True,
        help="The import has made the contact, and takes it back with an undo.",
    )
    # What was filled in, to take it back.
    filled = fields.Json(readonly=True, export_string_translation=False)
    error = fields.Char(string="Refused Because", readonly=True)

    def write(self, vals):
        if not self.env.su and not EDITABLE.issuperset(vals):
            # An undo deletes whom the import has made: nobody says whom.
            raise AccessError(self.env._("Only the import itself writes this."))
        return super().write(vals)

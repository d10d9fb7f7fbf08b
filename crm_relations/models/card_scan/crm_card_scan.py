from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

KEPT_DAYS = 30
# What people type, correct or decide; the rest is written by reading and making.
EDITABLE = frozenset(
    (
        *("picture", "picture_name", "is_managed_customer", "keeps_picture"),
        *("name", "function", "department", "phone", "email", "company_name"),
        *("company_phone", "company_email", "website", "street", "city", "zip"),
        *("state_id", "country_id", "note", "person_decision", "company_decision"),
    )
)


class CrmCardScan(models.Model):
    """A picture of a business card, what was read from it, and who it is.

    Nothing is made before somebody has seen it. Who is here already is looked for, and
    contacts are made, by an import of one card, which can be undone. Everything is done
    with the rights of who scans; nobody else sees it.
    """

    _name = "crm.card.scan"
    _description = "Scanned business card"
    _order = "id desc"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Scanned by",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    scanned_at = fields.Datetime(
        string="Scanned On",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    state = fields.Selection(
        selection=[("new", "Picture"), ("read", "Check"), ("done", "Contact")],
        string="Status",
        required=True,
        default="new",
        readonly=True,
        copy=False,
    )
    picture = fields.Binary(attachment=True, copy=False)
    picture_name = fields.Char()
    problem = fields.Char(readonly=True, copy=False)
    keeps_picture = fields.Boolean(
        string="Keep the Picture",
        default=lambda self: self.env.company.keeps_card_pictures,
        help="The picture stays with the contact; otherwise it is deleted.",
    )
    # {field: [text of the line, whether it was read well]}
    sources = fields.Json(readonly=True, export_string_translation=False)
    # What a code tells that has no field here, see ``tools.vcards.Card``.
    card = fields.Json(readonly=True, export_string_translation=False)

    name = fields.Char(string="Person")
    function = fields.Char(string="Job Position")
    department = fields.Char()
    phone = fields.Char(help="The number under which the person is called first.")
    email = fields.Char(string="E-mail")
    company_name = fields.Char(string="Company")
    company_phone = fields.Char()
    company_email = fields.Char(string="Company E-mail")
    website = fields.Char()
    street = fields.Char()
    city = fields.Char()
    zip = fields.Char(string="Postcode")
    state_id = fields.Many2one(
        comodel_name="res.country.state",
        domain="[('country_id', '=?', country_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    country_id = fields.Many2one(
        comodel_name="res.country", index="btree_not_null", ondelete="set null"
    )
    note = fields.Text(
        string="Also on the Card", help="It is kept in the notes of the contact."
    )
    is_managed_customer = fields.Boolean(
        string="As Customer",
        default=True,
        help="The company, or a person without a company, becomes a managed customer. "
        "Otherwise it is a contact that nobody follows up.",
    )

    import_id = fields.Many2one(
        comodel_name="crm.contact.import",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    person_finding = fields.Char(readonly=True, copy=False)
    person_match_id = fields.Many2one(
        comodel_name="res.partner",
        string="The Person Here",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    person_decision = fields.Selection(
        selection="_selection_decision",
        string="What Becomes of the Person",
        copy=False,
        help="Complete: what is empty with who is here already is filled in; nothing "
        "that stands there is changed.",
    )
    company_finding = fields.Char(readonly=True, copy=False)
    company_match_id = fields.Many2one(
        comodel_name="res.partner",
        string="The Company Here",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    company_decision = fields.Selection(
        selection="_selection_decision",
        string="What Becomes of the Company",
        copy=False,
        help="Complete: what is empty with the company that is here already is filled "
        "in; nothing that stands there is changed.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.depends("name", "company_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for scan in self:
            named = scan.name or scan.company_name
            scan.display_name = named or self.env._("Business card")

    @api.model
    def _selection_decision(self):
        lines = self.env["crm.contact.import.line"]
        return lines._fields["decision"]._description_selection(self.env)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_typed(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_typed(vals)
        return super().write(vals)

    @api.model
    def _check_typed(self, vals):
        if not self.env.su and not EDITABLE.issuperset(vals):
            # What a match or a state says is nobody's to say.
            raise AccessError(self.env._("Only the scan itself writes this."))

    @api.autovacuum
    def _gc_scans(self):
        """Forget scans after a while: they hold what stands on people's cards."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        # Superuser: the nightly cleaning, whoever scanned.
        self.sudo().search([("scanned_at", "<", before)], limit=1000).unlink()

    def action_open_contact(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def action_scan(self):
        """Open an empty scan."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Scan Business Card"),
            "res_model": self._name,
            "views": [(False, "form")],
        }

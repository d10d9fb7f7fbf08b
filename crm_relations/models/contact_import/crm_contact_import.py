from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 30


class CrmContactImport(models.Model):
    """Contacts out of a vCard file: what stands on the cards is shown, who is here
    already is named, and only then is anything written. Can be undone.

    Everything is done with the rights of who imports; nobody else sees it.
    """

    _name = "crm.contact.import"
    _description = "Import of contacts"
    _order = "id desc"

    name = fields.Char(string="File", readonly=True)
    file = fields.Binary(
        string="vCard File",
        attachment=True,
        help="A file with business cards (.vcf, vCard 2.1, 3.0 or 4.0), as phones, "
        "Outlook, Gmail and others write it. It may hold many cards.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Imported by",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    started_at = fields.Datetime(
        string="Started On",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    state = fields.Selection(
        selection=[
            ("new", "File"),
            ("checked", "Check"),
            ("done", "Result"),
            ("undone", "Undone"),
        ],
        string="Status",
        required=True,
        default="new",
        readonly=True,
        copy=False,
    )
    on_problem = fields.Selection(
        selection=[
            ("keep", "Import the others"),
            ("all", "Import nothing"),
        ],
        string="If One Cannot Be Imported",
        required=True,
        default="keep",
        help="What becomes of the others if Odoo refuses one of the contacts. What is "
        "left out below is left out in either case.",
    )
    is_managed_customer = fields.Boolean(
        string="As Customers",
        help="Companies, and persons without a company, become managed customers. "
        "Otherwise they are contacts that nobody follows up.",
    )
    line_ids = fields.One2many(
        comodel_name="crm.contact.import.line",
        inverse_name="import_id",
        string="Cards",
    )
    card_count = fields.Integer(string="Cards Read", compute="_compute_counts")
    known_count = fields.Integer(string="Here Already", compute="_compute_counts")
    made_count = fields.Integer(string="Created", compute="_compute_counts")
    error_count = fields.Integer(string="Not Imported", compute="_compute_counts")

    @api.depends("line_ids.finding", "line_ids.partner_id", "line_ids.error")
    def _compute_counts(self):
        lines = self.env["crm.contact.import.line"]
        rows = lines._read_group(
            [("import_id", "in", self.ids)],
            ["import_id"],
            ["__count", "kind:array_agg", "partner_id:count", "error:count"],
        )
        counts = {one: numbers for one, *numbers in rows}
        for one in self:
            cards, kinds, made, errors = counts.get(one, (0, [], 0, 0))
            one.card_count = cards
            one.known_count = kinds.count("known")
            one.made_count = made
            one.error_count = errors

    @api.autovacuum
    def _gc_imports(self):
        """Forget imports after a while: they hold what stood on people's cards."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        # Superuser: the nightly cleaning, whoever imported.
        self.sudo().search([("started_at", "<", before)], limit=1000).unlink()

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("checked")
        # Superuser: lines are made and deleted by the import alone.
        self.line_ids.sudo().unlink()
        self.write({"state": "new", "file": False, "name": False})

    def action_open_contacts(self):
        """Open who has been made or completed."""
        self.ensure_one()
        partners = self.line_ids.partner_id | self.line_ids.made_company_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported Contacts"),
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", partners.ids)],
        }

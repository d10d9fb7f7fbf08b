from odoo import api, fields, models

from odoo.addons.crm_relations.models.rule.crm_table_import_mixin import STEPS


class CrmComplaintImport(models.TransientModel):
    """A table of complaints from elsewhere: an authority, a portal, an older desk.

    It is read and checked before anything is written; each row that cannot be taken is
    named with its number and the reason. A row that was imported before is recognised
    by the reference of its source and what it says.
    """

    _name = "crm.complaint.import"
    _description = "Import complaints"
    _inherit = ["crm.table.import.mixin"]

    state = fields.Selection(selection=STEPS)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        domain=lambda self: [("id", "in", self.env.companies.ids)],
        index="btree_not_null",
    )
    channel = fields.Selection(
        selection=lambda self: self.env["crm.complaint.quick"]._selection_channel(),
        string="Came By",
        required=True,
        default="import",
    )
    same_reference = fields.Selection(
        selection=[
            ("each", "a complaint each"),
            ("one", "one complaint together"),
        ],
        string="Rows of One Reference Are",
        required=True,
        default="each",
        help="Some sources give a row for each part that a complaint is about.",
    )
    category_id = fields.Many2one(
        comodel_name="crm.complaint.category",
        string="Category Otherwise",
        help="For rows whose category there is not here.",
        index="btree_not_null",
    )
    caller_name = fields.Char(
        string="Caller Otherwise",
        help="Who complains in rows that name nobody: the authority, for instance.",
    )
    column_ids = fields.One2many(
        comodel_name="crm.complaint.import.column", inverse_name="import_id"
    )
    line_ids = fields.One2many(
        comodel_name="crm.complaint.import.line",
        inverse_name="import_id",
        readonly=True,
    )
    good_count = fields.Integer(readonly=True)
    safety_count = fields.Integer(readonly=True)
    unknown_category_count = fields.Integer(readonly=True)
    refused_count = fields.Integer(compute="_compute_counts")
    known_count = fields.Integer(compute="_compute_counts")
    has_dealer_terms = fields.Boolean(compute="_compute_has_dealer_terms")
    complaint_ids = fields.Many2many(comodel_name="crm.complaint", readonly=True)

    @api.depends("line_ids.code")
    def _compute_counts(self):
        for table in self:
            codes = table.line_ids.mapped("code")
            table.known_count = codes.count("known")
            table.refused_count = len(codes) - table.known_count

    @api.depends("unknown_category_count")
    @api.depends_context("uid")
    def _compute_has_dealer_terms(self):
        vehicle = self.env.ref(
            "crm_relations_complaint.crm_complaint_category_dealer_vehicle",
            raise_if_not_found=False,
        )
        may = self.env["crm.complaint.category"].has_access("write")
        for table in self:
            table.has_dealer_terms = bool(
                may and vehicle and not vehicle.active and table.unknown_category_count
            )

    def action_use_dealer_terms(self):
        """Take the categories of a car dealer into use and check again."""
        self.env["crm.complaint.category"].check_access("write")
        self.env["crm.complaint.category"]._use_dealer_terms()
        return self.action_check()

    def action_open_complaints(self):
        """Open what was registered."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_complaint.crm_complaint_action"
        )
        return action | {
            "domain": [("id", "in", self.complaint_ids.ids)],
            "context": {},
        }

    def _get_title(self):
        return self.env._("Import Complaints")

from base64 import b64decode, b64encode
from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.csv_table import write_lines
from ...tools.tables import NotATable, read

EXAMPLE = 60

# What a wizard of another addon repeats, so that its labels are translated there.
STEPS = [("new", "File"), ("checked", "Check"), ("done", "Result")]


class CrmTableImportMixin(models.AbstractModel):
    """A table that somebody uploads: its columns are proposed, it is checked, and only
    then written.

    Who uses it gives ``column_ids`` (a model with ``import_id``, ``sequence``,
    ``name``, ``example`` and ``target``) and ``line_ids`` (what is wrong or left out),
    and ``action_check`` and ``action_import``, which read with ``_read_table``.
    """

    _name = "crm.table.import.mixin"
    _description = "Import of a table"

    file = fields.Binary(
        string="Table",
        help="CSV or XLSX, with the names of the columns in the first row; of a "
        "spreadsheet the first sheet is read.",
    )
    filename = fields.Char()
    state = fields.Selection(
        selection=STEPS,
        string="Status",
        required=True,
        default="new",
        readonly=True,
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    template = fields.Binary(
        compute="_compute_template", export_string_translation=False
    )

    @api.depends_context("lang")
    def _compute_template(self):
        for table in self:
            content = write_lines(table._get_template_lines())
            table.template = b64encode(content)

    def _get_template_lines(self):
        """Hook: return the lines of a table to begin with: the names of its columns,
        which the import knows, and an example."""
        return []

    def action_template(self):
        """Download a table to begin with."""
        self.ensure_one()
        name = quote(f"{self._get_title()}.csv")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template/{name}?download=1",
            "target": "download",
        }

    def _get_most_rows(self):
        """Return how many rows one import may hold."""
        return 10_000

    def _guess_column(self, header):
        """Return the ``target`` that a column of this name is likely to be."""
        raise NotImplementedError

    def _get_title(self):
        return self._description

    def action_back(self):
        """Choose another file."""
        self.check_access("write")
        self.column_ids.unlink()
        self.line_ids.unlink()
        self.write({"state": "new", "file": False, "filename": False})
        return self._reopen()

    def _reopen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self._get_title(),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _read_table(self):
        """Return ``(headers, rows)`` of the file.

        :raise UserError: there is none, it is no table, or too long
        """
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            headers, rows = read(b64decode(self.with_context(bin_size=False).file))
        except NotATable:
            raise UserError(
                self.env._(
                    "This is no table (CSV or XLSX) with a name for each column in its "
                    "first row, each name once."
                )
            ) from None
        if not rows:
            raise UserError(self.env._("There is no row below the names of columns."))
        most = self._get_most_rows()
        if len(rows) > most:
            raise UserError(
                self.env._(
                    "Import at most %(most)s rows at once: there are %(count)s.",
                    count=len(rows),
                    most=most,
                )
            )
        return headers, rows

    def _read_columns(self, headers, rows):
        """Propose what each column is, unless that was done for these columns."""
        if self.column_ids.mapped("name") == headers:
            return
        self.column_ids.unlink()
        examples = [
            next((cells[i] for _n, cells in rows if cells and cells[i]), "")
            for i in range(len(headers))
        ]
        self.column_ids.create(
            [
                {
                    "import_id": self.id,
                    "sequence": i,
                    "name": header,
                    "example": examples[i][:EXAMPLE],
                    "target": self._guess_column(header),
                }
                for i, header in enumerate(headers)
            ]
        )

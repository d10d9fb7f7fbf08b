from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.label_sheet import Grid

LARGEST = 500  # mm
MOST_LABELS = 200


class CrmLetterSheet(models.Model):
    """A sheet of labels, or an envelope, in millimetres."""

    _name = "crm.letter.sheet"
    _description = "Label sheet or envelope"
    _order = "kind desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=[("labels", "Sheet of labels"), ("envelope", "Envelope")],
        required=True,
        default="labels",
    )
    page_width = fields.Float(string="Width", required=True, default=210, digits=(6, 1))
    page_height = fields.Float(
        string="Height", required=True, default=297, digits=(6, 1)
    )
    columns = fields.Integer(required=True, default=1)
    rows = fields.Integer(required=True, default=1)
    left = fields.Float(
        string="Left Margin",
        digits=(6, 1),
        help="From the left edge to the first label, or to the address.",
    )
    top = fields.Float(
        string="Top Margin",
        digits=(6, 1),
        help="From the upper edge to the first label, or to the address.",
    )
    label_width = fields.Float(required=True, default=60, digits=(6, 1))
    label_height = fields.Float(required=True, default=35, digits=(6, 1))
    gap_x = fields.Float(string="Gap beside Labels", digits=(6, 1))
    gap_y = fields.Float(string="Gap below Labels", digits=(6, 1))
    font_size = fields.Float(string="Letters (pt)", default=10, digits=(6, 1))
    has_squares = fields.Boolean(
        string="Squares for the Postcode",
        help="A Chinese envelope: six squares for the postcode in the upper left.",
    )

    @api.constrains(
        *("page_width", "page_height", "columns", "rows", "left", "top"),
        *("label_width", "label_height", "gap_x", "gap_y", "font_size"),
    )
    def _check_fits(self):
        for sheet in self:
            if not sheet._fits():
                raise ValidationError(
                    self.env._(
                        "The labels of “%(sheet)s” do not fit on its page.",
                        sheet=sheet.name,
                    )
                )

    def _fits(self):
        grid = self._get_grid()
        if min(grid.columns, grid.rows) < 1 or grid.size > MOST_LABELS:
            return False
        sizes = (grid.width, grid.height, self.font_size)
        gaps = (grid.left, grid.top, grid.gap_x, grid.gap_y)
        if min(sizes) <= 0 or min(gaps) < 0:
            return False
        left, top = grid.get_place(grid.size - 1)
        pages = (self.page_width, self.page_height)
        return (
            max(pages) <= LARGEST
            and left + grid.width <= self.page_width + 0.1
            and top + grid.height <= self.page_height + 0.1
        )

    def _get_grid(self):
        self.ensure_one()
        return Grid(
            self.columns,
            self.rows,
            self.left,
            self.top,
            self.label_width,
            self.label_height,
            self.gap_x,
            self.gap_y,
        )

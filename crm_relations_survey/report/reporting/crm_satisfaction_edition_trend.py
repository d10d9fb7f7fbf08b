from odoo import models
from odoo.tools import format_date

from ...tools.trend import get_height, get_lines, get_scale, get_spots

# Left, top, width and height of the field of the line; around it stand its marks.
BOX = (44, 8, 920, 110)


class CrmSatisfactionEdition(models.Model):
    """How the index went, as a line on paper."""

    _inherit = "crm.satisfaction.edition"

    def _get_trend(self, study, company):
        """Return the line of the last twelve months as the template draws it; None
        where a line says nothing: of fewer than two months."""
        board = self.env["crm.satisfaction.board"]
        # Superuser: the days this report is about.
        points = board._get_trend(study, self.sudo().date_to, company)
        values = [point["index"] for point in points]
        if sum(value is not None for value in values) < 2:
            return None
        ends = [end for point in points for end in self._get_ends(point)]
        marks = get_scale([*values, *ends, study.target or None])
        spots = get_spots(values, marks, BOX)
        return {
            "box": BOX,
            "lines": get_lines(spots),
            "spots": self._prepare_spots(spots, points, marks),
            "months": self._prepare_months(points, marks),
            "marks": self._prepare_marks(marks),
            "target": study.target and get_height(study.target, marks, BOX),
        }

    def _prepare_months(self, points, marks):
        """Return ``[(x, month)]`` along the foot of the field."""
        foot = get_spots([marks[0]] * len(points), marks, BOX)
        return [
            (x, self._tell_month(point))
            for (x, _y), point in zip(foot, points, strict=True)
        ]

    def _prepare_marks(self, marks):
        """Return ``[(height, index)]`` along the side of the field."""
        tell = self.env["crm.satisfaction.board"]._tell
        return [
            (get_height(mark, marks, BOX), tell(mark, 0 if mark % 1 == 0 else 1))
            for mark in marks
        ]

    def _get_ends(self, point):
        """Return the two ends between which the true value lies."""
        if point["few"] or point["margin"] is None:
            return []
        return [point["index"] - point["margin"], point["index"] + point["margin"]]

    def _prepare_spots(self, spots, points, marks):
        return [
            {
                "x": spot[0],
                "y": spot[1],
                "few": point["few"],
                "ends": [get_height(end, marks, BOX) for end in self._get_ends(point)],
            }
            for spot, point in zip(spots, points, strict=True)
            if spot
        ]

    def _tell_month(self, point):
        return format_date(self.env, f"{point['month']}-01", date_format="MMM y")

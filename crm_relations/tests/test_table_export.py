"""AR-13: nothing that people typed is a formula in a table that is exported."""

import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.tests import HttpCase, tagged

from .common.relations import RelationsCommon

FORMULAS = ("=1+1", "=HYPERLINK(1)", "{=1+1}", "+1", "-1", "@SUM(A1)")


@tagged("post_install", "-at_install")
class TestTableExport(RelationsCommon, HttpCase):
    def _export(self, groupby):
        self.rita.password = "rita"
        self.rita.group_ids += self.env.ref("base.group_allow_export")
        self.authenticate("rita", "rita")
        made = self.env["res.partner"].union(
            *(self._create_customer(text, city=text) for text in FORMULAS)
        )
        columns = [
            {"name": name, "label": name, "type": "char", "store": True}
            for name in ("name", "city")
        ]
        asked = {
            **{"model": "res.partner", "fields": columns, "ids": False},
            **{"domain": [["id", "in", made.ids]], "groupby": groupby},
            **{"import_compat": False, "context": {}},
        }
        answer = self.url_open(
            "/web/export/xlsx",
            data={
                "data": json.dumps(asked),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(answer.status_code, 200)
        [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
        return [cell for row in sheet.iter_rows() for cell in row]

    def test_no_formula_in_rows_nor_in_groups(self):
        for groupby in ([], ["city"]):
            with self.subTest(groupby=groupby):
                cells = self._export(groupby)
                self.assertNotIn("f", [cell.data_type for cell in cells])
                texts = [cell.value for cell in cells]
                for text in FORMULAS:
                    self.assertIn(text, texts)

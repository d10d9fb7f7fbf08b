from odoo.addons.web.controllers import export


class TextWriter:
    """What people typed stays a text: it begins with "=", and is no formula.

    Odoo's own table for spreadsheets takes it for one, as its library does; its text
    file (CSV) does not.
    """

    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str) and cell_value.startswith(("=", "{=")):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class RowWriter(TextWriter, export.ExportXlsxWriter):
    pass


class GroupWriter(TextWriter, export.GroupExportXlsxWriter):
    pass


class ExcelExport(export.ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        with RowWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        with GroupWriter(fields, columns_headers, groups.count) as writer:
            place = 1, 0
            for name, group in groups.children.items():
                place = writer.write_group(*place, name, group)
        return writer.value

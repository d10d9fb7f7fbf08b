from base64 import b64encode
from io import BytesIO

from markupsafe import Markup
from pypdf import PdfReader

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.letter_address import get_lines
from ...tools.safe_csv import write_safe_lines

A4 = (210, 297)
POINTS = 72 / 25.4  # in a millimetre
RULER = 50  # mm between the marks by which the scale is measured
SQUARES = 6
# A page that is full to the last hair would begin another one.
SPARE = 0.6


class CrmLetterRun(models.Model):
    """The files: letters, addresses on labels or envelopes, a list for the post.

    Pages are laid out in millimetres. What wkhtmltopdf makes of a millimetre differs
    from build to build: it is measured once, with two marks on a page.
    """

    _inherit = "crm.letter.run"

    def _write_files(self, tasks, sheet, start, has_letters):
        self.ensure_one()
        letters = self._get_letters(tasks)
        files = {"post_list": (self._write_post_list(letters), "csv")}
        if has_letters:
            page = self._render(
                "crm_relations.crm_letter_page", A4, {"letters": letters}
            )
            files["letters"] = page, "pdf"
        if sheet:
            size = sheet.page_width, sheet.page_height
            pages = sheet._get_grid().get_sheets(letters, start)
            page = self._render(
                "crm_relations.crm_letter_addresses",
                size,
                {"pages": pages, "sheet": sheet, "squares": range(SQUARES)},
            )
            files["addresses"] = page, "pdf"
        names = {
            "letters": self.env._("Letters"),
            "addresses": sheet.name,
            "post_list": self.env._("List for the post"),
        }
        for field, (content, ending) in files.items():
            self[field] = b64encode(content)
            self[f"{field}_name"] = f"{names[field]}.{ending}".replace("/", "-")

    def _get_letters(self, tasks):
        """Return what is printed of each, in the order of tasks."""
        texts = tasks._render_letters()
        letters = []
        for task in tasks:
            recipient = task._get_letter_recipient().with_context(lang=None)
            recipient = recipient.with_context(lang=recipient.lang or self.env.lang)
            # Superuser: name and country of the sender are no secret.
            company = task._get_company()
            home = company.sudo().country_id.code
            address = recipient._get_letter_address()
            subject, body = texts[task]
            day = self.env.user.with_context(lang=recipient.lang)._tell_day(
                self.printed_at, "long"
            )
            letters.append(
                {
                    "task": task,
                    "company": company.sudo(),
                    "address": address,
                    # The list is for who prints.
                    "listed": recipient.with_env(self.env)._get_letter_address(),
                    "lines": get_lines(address, home),
                    "envelope": get_lines(address, home, with_zip=False),
                    "subject": subject,
                    "body": Markup(body),
                    "day": day,
                }
            )
        return letters

    def _write_post_list(self, letters):
        heads = [
            *(self.env._("No."), self.env._("Name"), self.env._("Company")),
            *(self.env._("Street"), self.env._("Postcode"), self.env._("Town")),
            *(self.env._("Province"), self.env._("Country")),
        ]
        rows = []
        for number, letter in enumerate(letters, 1):
            place = letter["listed"]
            street = " ".join(filter(None, [place.street, place.street2]))
            rows.append(
                [
                    *(number, place.person, place.company, street),
                    *(place.zip, place.city, place.state, place.country),
                ]
            )
        return write_safe_lines([heads, *rows])

    @api.model
    def _render(self, template, size, values):
        """Return a PDF file whose pages have this size in millimetres."""
        scale = _get_scale(self.env["ir.actions.report"], *size)

        def mm(number):
            return f"{number / scale:.3f}mm"

        def pt(number):
            return f"{number / scale:.2f}pt"

        values = {
            **values,
            **{"mm": mm, "pt": pt, "width": size[0], "height": size[1] - SPARE},
        }
        page = f"<!DOCTYPE html>{self.env['ir.qweb']._render(template, values)}"
        return _print_page(self.env["ir.actions.report"], page, *size)


def _print_page(reports, html, width, height):
    paper = reports.env["report.paperformat"].new(
        {
            "format": "custom",
            "page_width": round(width),
            "page_height": round(height),
            "orientation": "Portrait",
            "dpi": 96,
            "disable_shrinking": True,
            **dict.fromkeys(
                ("margin_top", "margin_bottom", "margin_left", "margin_right"), 0
            ),
            "header_spacing": 0,
        }
    )
    content = reports.new({"paperformat_id": paper})._run_wkhtmltopdf([html])
    if not content:
        raise UserError(reports.env._("The file could not be made."))
    return content


def _get_scale(reports, width, height):
    """Return how long a millimetre becomes on a page of this size."""
    if (width, height) not in _SCALES:
        _SCALES[width, height] = _measure(reports, width, height)
    return _SCALES[width, height]


_SCALES = {}


def _measure(reports, width, height):
    marks = "".join(
        f'<b style="position:absolute;top:20mm;left:{left}mm">I</b>'
        for left in (10, 10 + RULER)
    )
    html = f"<!DOCTYPE html><html><body style='margin:0'>{marks}</body></html>"
    page = PdfReader(BytesIO(_print_page(reports, html, width, height))).pages[0]
    places = []

    def visit(text, outer, inner, _font, _size):
        if text.strip():
            places.append(inner[4] * outer[0] + outer[4])

    page.extract_text(visitor_text=visit)
    if len(places) < 2:
        return 1.0
    return (max(places) - min(places)) / (RULER * POINTS) or 1.0

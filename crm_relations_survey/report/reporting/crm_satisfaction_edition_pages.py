from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime
from odoo.tools.image import image_data_uri

from ...tools.radar import HIGHEST, get_corner, get_label, get_lowest, get_polygon

MOST_LOW = 12  # low answers on a page
MOST_PEOPLE = 6  # radars on a page
RADIUS = 70
RINGS = 4
CENTRE = (170, 95)
MARGINS = {"data-report-margin-top": 8, "data-report-margin-bottom": 8}


class CrmSatisfactionEdition(models.Model):
    """What stands in a report: the figures of the board, on paper."""

    _inherit = "crm.satisfaction.edition"

    def _get_report(self, now, before):
        """Return the values of the templates, as the responsible may read them."""
        board = self.env["crm.satisfaction.board"]
        # Superuser: which study this is about.
        study = self.env["crm.satisfaction.study"].browse(self.sudo().study_id.id)
        company = Domain("company_id", "=", self.sudo().company_id.id)
        now, before = (
            board._get_span_domain(study, *span) & company for span in (now, before)
        )
        report = {
            "edition": self,
            "title": self._get_subject(),
            "days": self._tell_days(),
            "period": self.sudo().period,
            "tiles": board._get_tiles(study, now, before),
            "people": board._get_ranking(study, now, "user_id"),
            "low": self._get_low(now),
            "note": self._get_note(study),
            "intro": self._get_intro(),
        }
        if self.sudo().period != "day":
            compared = board._compare(study, now, before, "user_id")
            lines = [line for unit in compared["units"] for line in unit["series"]]
            lowest = get_lowest(one for line in lines for one in line["points"])
            report |= {
                **board._get_factors(study, now, before),
                "teams": board._get_ranking(study, now, "team_id"),
                "trend": self._get_trend(study, company),
                "radars": [
                    self._draw(compared["axes"], unit, lowest)
                    for unit in compared["units"]
                ],
            }
        return report

    def _get_note(self, study):
        return self.env._(
            "The figure after ± and the two ends of a span hold the true value 19 "
            "times out of 20. Colors mean: more than chance. Fewer than %s answers are "
            "grey and have no place.",
            study.minimum_count,
        )

    def _get_intro(self):
        # Superuser: which report this is.
        if self.sudo().period == "day":
            return self.env._("this came in on %s.", self._tell_days())
        return self.env._(
            "the figures of %s are attached as a PDF. In short:", self._tell_days()
        )

    def _get_low(self, domain):
        """Return the low answers, the worst first, without the names of customers:
        a mail is read by more people than the answer is."""
        lines = self.env["crm.satisfaction.report"].search(
            # Not those of an anonymous study, which lead to no answer.
            domain & Domain("is_low", "=", True) & Domain("response_id", "!=", False),
            limit=MOST_LOW,
            order="index, id",
        )
        board = self.env["crm.satisfaction.board"]
        # Superuser: names of colleagues.
        return [
            {
                "id": line.response_id.id,
                "date": line.date,
                "person": line.user_id.sudo().name or self.env._("Nobody"),
                "index": board._tell(line.index if line.index_count else None, 0),
                "nps": board._tell(line.response_id.nps, 0) if line.nps_count else "–",
                "remark": line.response_id.comment or "",
            }
            for line in lines
        ]

    def _draw(self, axes, unit, lowest):
        """Return a radar as the template draws it: rings, spokes, names and lines, on
        a scale from ``lowest`` to 100."""
        count = len(axes)
        step = (HIGHEST - lowest) / RINGS
        lines = [
            {
                "label": line["label"],
                "points": get_polygon(line["points"], lowest, RADIUS, CENTRE),
            }
            for line in unit["series"]
        ]
        return {
            "name": unit["name"],
            "few": unit["few"],
            "answers": unit["answers"],
            "rings": [
                get_polygon([HIGHEST - step * ring] * count, lowest, RADIUS, CENTRE)
                for ring in range(RINGS)
            ],
            "spokes": [
                get_corner(place, count, RADIUS, CENTRE) for place in range(count)
            ],
            "labels": [
                (*get_label(place, count, RADIUS + 10, CENTRE), axis["name"])
                for place, axis in enumerate(axes)
            ],
            "centre": CENTRE,
            "lowest": lowest,
            "lines": lines,
        }

    def _print(self, report):
        """Return the PDF. The page is whole in itself: it is drawn in a job, where no
        server may answer, and by builds of wkhtmltopdf without headers."""
        # Superuser: name and logo of the company, the time of the clock.
        company = self.sudo().company_id
        names = ["figures", "factors", "people"] + ["low"] * bool(report["low"])
        count = len(names)
        printed = format_datetime(self.env, fields.Datetime.now())
        values = {
            **report,
            "pages": [
                (
                    name,
                    self.env._("Page %(page)s of %(pages)s", page=number, pages=count),
                )
                for number, name in enumerate(names, 1)
            ],
            "company": company,
            "logo": company.logo and image_data_uri(company.logo),
            "printed": self.env._("Printed %s", printed),
        }
        lang = self.env.context["lang"]
        template = "crm_relations_survey.crm_satisfaction_edition_print"
        html = self.env["ir.qweb"]._render(template, values, lang=lang)
        # Superuser: the paper that reports are printed on.
        reports = self.env["ir.actions.report"].sudo()
        return reports._run_wkhtmltopdf([str(html)], specific_paperformat_args=MARGINS)

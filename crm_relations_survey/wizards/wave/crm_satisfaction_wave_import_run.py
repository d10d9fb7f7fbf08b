from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

MOST_LINES = 200  # problems that are listed; all are counted
COLUMNS = (  # of wave scores, with their types
    *(("wave_id", "int"), ("unit_kind", "varchar"), ("company_id", "int")),
    *(("team_id", "int"), ("user_id", "int"), ("factor_id", "int")),
    *(("unit", "varchar"), ("value", "numeric"), ("points", "numeric")),
    *(("base", "int"), ("peer_average", "numeric"), ("rank", "int")),
    *(("rank_of", "int"), ("weight", "float8")),
)


class CrmSatisfactionWaveImport(models.TransientModel):
    """Check, then import: the same reading twice, only the second one writes."""

    _inherit = "crm.satisfaction.wave.import"

    def action_check(self):
        """Read the table and say what would become of it; no wave is written."""
        headers, rows = self._read_table()
        self._read_columns(headers, rows)
        scores, lines, empty = self._read_scores(headers, rows)
        self._keep_lines(lines)
        self.write(
            {
                "state": "checked",
                "row_count": len(rows),
                "problem_count": len(lines),
                "score_count": sum(map(len, scores.values())),
                "empty_count": empty,
                "weights_changed": self._tell_weights(scores) if not lines else False,
            }
        )
        return self._reopen()

    def action_import(self):
        """Write the waves with all their scores.

        :raise UserError: anything is wrong with the table
        """
        waves = self.env["crm.satisfaction.wave"]
        waves.check_access("create")
        self.study_id.check_access("write")
        headers, rows = self._read_table()
        if self.state != "checked" or self.column_ids.mapped("name") != headers:
            raise UserError(self.env._("Check the table first."))
        scores, lines, empty = self._read_scores(headers, rows)
        if lines:
            raise UserError(
                self.env._(
                    "Nothing was imported. Problems: %(count)s, the first in row "
                    "%(row)s: %(message)s",
                    count=len(lines),
                    row=lines[0]["number"],
                    message=lines[0]["message"],
                )
            )
        factors = self._take_factors(scores)
        waves = waves.create(
            [
                self._prepare_wave_vals(name, rows, factors)
                for name, rows in scores.items()
            ]
        )
        self._insert_scores(dict(zip(waves.ids, scores.values(), strict=True)), factors)
        self.line_ids.unlink()
        self.write(
            {
                "state": "done",
                "problem_count": 0,
                "score_count": sum(map(len, scores.values())),
                "empty_count": empty,
                "wave_ids": waves.ids,
            }
        )
        return self._reopen()

    def _keep_lines(self, lines):
        self.line_ids.unlink()
        self.env["crm.satisfaction.wave.import.line"].create(lines[:MOST_LINES])

    def _take_factors(self, scores):
        """Make new factors and remember names; return ``{meaning: id of the factor}``
        of what stands for a factor."""
        used = {factor for rows in scores.values() for _row, factor, _unit in rows}
        weights = {
            factor: row.weight
            for rows in scores.values()
            for row, factor, _unit in rows
            if row.weight
        }
        found = {}
        for term in self.factor_term_ids:
            meaning = term._get_meaning()
            if meaning in used:
                weight = weights.get(meaning, 0)
                found[meaning] = term._take_factor(self.study_id, weight)
        return found

    def _prepare_wave_vals(self, name, rows, factors):
        first, last = self._get_days(rows)
        return {
            "name": name,
            "study_id": self.study_id.id,
            "company_id": self.company_id.id,
            "source": self.source,
            "date_from": first,
            "date_to": last,
            "is_series_break": self.is_series_break,
            "break_reason": self.is_series_break and self.break_reason,
            "file_name": self.filename,
            "checksum": self._get_digest(rows, factors),
        }

    def _insert_scores(self, scores, factors):
        """Write the scores in one statement: a wave may hold a hundred thousand.

        :param scores: ``{id of the wave: [(row, meaning of its factor, meaning of its
            unit)]}``
        :param factors: see ``_take_factors``
        """
        companies = dict(self._get_team_companies(scores))
        # Read once: a field costs more than all that is done with a row.
        most, own = self.value_max, self.company_id.id or None
        values = [
            (wave_id, *_get_unit_values(unit, own, companies), factors[factor])
            + _get_score_values(row, most)
            for wave_id, rows in scores.items()
            for row, factor, unit in rows
        ]
        names = [name for name, _type in COLUMNS]
        arrays = [
            SQL("%s::%s[]", list(column), SQL(kind))
            for column, (_name, kind) in zip(
                zip(*values, strict=True), COLUMNS, strict=True
            )
        ]
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_satisfaction_wave_score
                       (%(names)s, value_max,
                        create_uid, create_date, write_uid, write_date)
                SELECT row.*, %(most)s, %(user)s, %(now)s, %(user)s, %(now)s
                  FROM unnest(%(arrays)s) AS row
                """,
                names=SQL(", ").join(map(SQL.identifier, names)),
                arrays=SQL(", ").join(arrays),
                most=self.value_max,
                user=self.env.uid,
                now=now,
            )
        )
        self.env["crm.satisfaction.wave.score"].invalidate_model()

    def _get_team_companies(self, scores):
        teams = self.env["crm.team"].browse(
            {
                unit[1]
                for rows in scores.values()
                for _row, _factor, unit in rows
                if unit[0] == "team"
            }
        )
        return [(team.id, team.company_id.id) for team in teams]

    def _tell_weights(self, scores):
        """Return a sentence if factors weigh something else than in the last wave."""
        last = self.study_id.wave_ids.filtered(
            lambda wave: wave.company_id == self.company_id
        )[:1]
        before = {
            factor.id: weight
            for factor, weight in self.env["crm.satisfaction.wave.score"]._read_group(
                [("wave_id", "=", last.id), ("weight", ">", 0)],
                ["factor_id"],
                ["weight:max"],
            )
        }
        now = {
            factor[1]: row.weight
            for rows in scores.values()
            for row, factor, _unit in rows
            if row.weight and factor[0] == "factor"
        }
        if not before or not now or before == now:
            return False
        return self.env._(
            "Factors or their weights are others than in “%s”: is this a series break?",
            last.name,
        )


def _get_unit_values(unit, own, companies):
    """Return kind, company, team and user of whom a score is about.

    :param own: the company of the wave, None for that of all
    :param companies: ``{id of a team: id of its company}``
    """
    kind, number = unit
    if kind == "company":
        return kind, number, None, None
    if kind == "team":
        return kind, companies[number] or own, number, None
    return kind, own, None, number if kind == "user" else None


def _get_score_values(row, most):
    """Return what a row says, and its scores as points of the highest."""
    return (
        *(row.unit or None, row.score, 100 * row.score / most, int(row.base)),
        *(100 * row.peer / most, int(row.rank), int(row.rank_of), row.weight),
    )

import hashlib

from odoo import models

from odoo.addons.crm_relations.models.rule.crm_table_import_mixin import EXAMPLE
from odoo.addons.crm_relations.tools.sentences import join_words, tell_number

from ...tools.wave_table import (
    SKIP,
    TEMPLATE,
    TEMPLATE_ZH,
    Problem,
    check_period,
    get_period,
    guess,
    read_rows,
)


class CrmSatisfactionWaveImport(models.TransientModel):
    """How the table is read and checked."""

    _inherit = "crm.satisfaction.wave.import"

    def _guess_column(self, header):
        return guess(header)

    def _get_template_lines(self):
        return TEMPLATE_ZH if (self.env.lang or "").startswith("zh") else TEMPLATE

    def _read_columns(self, headers, rows):
        before = self.column_ids
        result = super()._read_columns(headers, rows)
        taken = set()
        for column in self.column_ids - before:
            if column.target in taken:
                column.target = SKIP
            taken.add(column.target)
        return result

    def _read_scores(self, headers, rows):
        """Return ``(scores, lines, empty)``: what would be imported as ``{wave:
        [(row, meaning of its factor, meaning of its unit)]}``, the problems as values
        of lines, and the number of rows without a score."""
        problems = self._check_columns()
        if problems:
            return {}, [self._prepare_line(*problem) for problem in problems], 0
        columns = [(column.name, column.target) for column in self.column_ids]
        read, wrong, empty = read_rows(columns, rows, self.value_max)
        self._read_terms(read)
        lines = [self._prepare_cell_line(problem) for problem in wrong]
        terms = {
            (term.kind, term.name): (term, term._get_meaning())
            for term in self.factor_term_ids | self.unit_term_ids
        }
        lines += self._check_terms()
        scores = self._sort_rows(read, terms, lines)
        lines += self._check_waves(scores)
        return scores, sorted(lines, key=lambda line: line["number"]), empty

    def _check_columns(self):
        """Return what is wrong with the columns as arguments of ``_prepare_line``."""
        targets = self.column_ids.grouped("target")
        found = self._check_twins(targets)
        if "score" not in targets:
            found.append((1, "", "", self.env._("Choose the column of the scores.")))
        if "wave" not in targets and not (self.wave_name or "").strip():
            message = self.env._("Name the wave, or choose the column that names it.")
            found.append((1, "", "", message))
        if self.value_max <= 0:
            message = self.env._("The highest score must be more than 0.")
            found.append((1, "", "", message))
        return found

    def _check_twins(self, targets):
        field = self.env["crm.satisfaction.wave.import.column"]._fields["target"]
        labels = dict(field._description_selection(self.env))
        return [
            (
                1,
                join_words(self.env, columns.mapped("name")),
                "",
                self.env._("Several columns are “%s”: choose one.", labels[target]),
            )
            for target, columns in targets.items()
            if target != SKIP and len(columns) > 1
        ]

    def _check_terms(self):
        lines = []
        for term in self.factor_term_ids | self.unit_term_ids:
            message = term._get_problem()
            if message:
                column = self._get_header(term.kind)
                lines.append(
                    self._prepare_line(term.row_number, column, term.name, message)
                )
        return lines

    def _sort_rows(self, read, terms, lines):
        """Return the rows by wave; add a line for each that says again what another
        one said."""
        scores, seen = {}, {}
        all_of_them = (self.wave_name or "").strip()
        for row in read:
            factor = terms["factor", row.factor][1]
            unit = terms["unit", row.unit][1]
            if {factor[0], unit[0]} & {False, "", "skip"}:
                continue
            wave = row.wave or all_of_them
            first = seen.setdefault((wave, factor, unit), row.number)
            if line := self._check_row(row, wave, first):
                lines.append(line)
            else:
                scores.setdefault(wave, []).append((row, factor, unit))
        if not scores and not lines:
            lines.append(
                self._prepare_line(1, "", "", self.env._("There is no score."))
            )
        return scores

    def _check_row(self, row, wave, first):
        """Return the line that says why this row counts for no wave, else None.

        :param first: the number of the first row of the same wave, unit and factor
        """
        if not wave:
            message = self.env._("The row names no wave.")
            return self._prepare_line(row.number, self._get_header("wave"), "", message)
        if first == row.number:
            return None
        message = self.env._(
            "Row %s has a score of the same wave, unit and factor.", first
        )
        return self._prepare_line(row.number, "", "", message)

    def _check_waves(self, scores):
        """Refuse waves that were imported before, and days that cannot be."""
        by_digest, by_name = self._get_waves()
        lines, said = [], {}
        for name, rows in scores.items():
            digest = self._get_digest(rows)
            first = by_digest.get(digest) or by_name.get(name)
            twin = said.setdefault(digest, name)
            if message := self._check_wave(name, rows, first, twin):
                column = self._get_header("wave")
                number = rows[0][0].number
                lines.append(self._prepare_line(number, column, name, message))
        return lines

    def _get_waves(self):
        """Return the waves of this study and company by what they say, and by name."""
        # Superuser: a wave is there already, whoever may open it.
        waves = self.env["crm.satisfaction.wave"].sudo()
        waves = waves.search(
            [
                ("study_id", "=", self.study_id.id),
                ("company_id", "=", self.company_id.id),
            ]
        )
        by_digest = {wave.checksum: wave for wave in waves if wave.checksum}
        return by_digest, {wave.name: wave for wave in waves}

    def _check_wave(self, name, rows, first, twin):
        """Return what is wrong with a wave, else "".

        :param first: the wave as which it was imported before
        :param twin: the first wave of this table that says the same
        """
        if first:
            return self._tell_first(first)
        if twin != name:
            return self.env._("It says the same as “%s” of this table.", twin)
        if not self._has_days(rows):
            return self.env._("The wave ends before it has begun.")
        return ""

    def _tell_first(self, wave):
        return self.env._(
            "Imported before as “%(wave)s” on %(day)s%(file)s.",
            wave=wave.name,
            day=self.env.user._tell_day(wave.create_date),
            file=f" ({wave.file_name})" if wave.file_name else "",
        )

    def _has_days(self, rows):
        """Return whether the days of a wave can be."""
        try:
            self._get_days(rows)
        except ValueError:
            return False
        return True

    def _get_days(self, rows):
        """Return the first and the last day of a wave.

        :raise ValueError: it ends before it has begun
        """
        said = get_period([row for row, _factor, _unit in rows])
        typed = (self.date_from or None, self.date_to or None)
        return check_period(
            *(one or other for one, other in zip(said, typed, strict=True))
        )

    def _get_digest(self, rows, factors=()):
        """Return what tells a wave again, in whatever order and file it comes.

        :param factors: ``{meaning: id}`` of the factors that the import has just made
        """
        made = dict(factors)
        said = sorted(
            repr((made.get(factor, factor[1]), unit, *row[4:10]))
            for row, factor, unit in rows
        )
        said.append(repr(self.value_max))
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def _get_header(self, target):
        return self.column_ids.filtered(lambda one: one.target == target)[:1].name or ""

    def _prepare_cell_line(self, problem):
        return self._prepare_line(*problem[:3], self._tell_problem(problem))

    def _tell_problem(self, problem: Problem):
        sentences = {
            "too_many_cells": self.env._(
                "The row has more cells than there are columns."
            ),
            "no_number": self.env._("This is no number."),
            "no_date": self.env._("This is no date."),
            "two_dates": self.env._(
                "This may be two dates: write the year first, then month and day."
            ),
            "negative": self.env._("It cannot be negative."),
            "not_whole": self.env._("A whole number is expected."),
            "too_high": self.env._(
                "It is more than the highest score (%s).", tell_number(self.value_max)
            ),
            "too_large": self.env._("The number is too large."),
        }
        return sentences[problem.code]

    def _prepare_line(self, number, column, cell, message):
        return {
            "import_id": self.id,
            "number": number,
            "column": column,
            "cell": (cell or "")[:EXAMPLE],
            "message": message,
        }

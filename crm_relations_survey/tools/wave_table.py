"""What the rows of a published wave say: numbers checked, nothing looked up."""

import re
from collections import namedtuple

from odoo.addons.crm_relations.tools.cells import (
    AmbiguousDay,
    find_day_order,
    read_day,
    read_number,
)

from .names import get_key

SKIP = "skip"
NUMBERS = ("score", "base", "peer", "rank", "rank_of", "weight")
DAYS = ("date_from", "date_to")
TEXTS = ("wave", "unit", "factor")
SCORES = ("score", "peer")
WHOLE_NUMBERS = ("base", "rank", "rank_of")

# What columns are called, told without capitals, spaces and signs.
NAMES = {
    "wave": (
        "wave",
        "period",
        "round",
        "year",
        "quarter",
        "期次",
        "期",
        "批次",
        "季度",
    ),
    "unit": (
        *("unit", "dealer", "store", "branch", "company", "team", "salesperson"),
        *("name", "单位", "经销商", "门店", "分公司", "团队", "销售人员", "销售顾问"),
    ),
    "factor": (
        *("factor", "subfactor", "measure", "attribute", "question", "item"),
        *("因子", "子因子", "指标", "维度", "题目", "项目"),
    ),
    "score": ("score", "points", "index", "result", "value", "得分", "分数", "成绩"),
    "base": (
        *("base", "n", "answers", "responses", "samplesize", "sample", "count"),
        *("样本量", "样本", "样本数", "基数"),
    ),
    "peer": (
        *("peeraverage", "peer", "average", "industryaverage", "segmentaverage"),
        *("同业均值", "行业均值", "均值", "平均分", "行业平均"),
    ),
    "rank": ("rank", "ranking", "position", "排名", "名次"),
    "rank_of": ("rankof", "of", "ranked", "参评数", "参排数", "总数"),
    "weight": ("weight", "importance", "权重", "重要性"),
    "date_from": ("from", "datefrom", "begin", "start", "开始日期", "起始日期"),
    "date_to": ("to", "dateto", "end", "结束日期", "截止日期"),
}
KNOWN = {name: target for target, names in NAMES.items() for name in names}

# What the whole and its index are called in files.
OVERALL = {
    *("", "overall", "index", "total", "overallindex", "overallsatisfaction"),
    *("ssi", "csi", "总分", "总体", "总体满意度", "指数", "总指数", "整体", "综合得分"),
}
WHOLE = {"", "all", "total", "overall", "whole", "全部", "整体", "全体", "合计", "总体"}

RANK = re.compile(r"(\d+)\s*(?:/|of|之)\s*(\d+)", re.IGNORECASE)

# “3rd”, “第3名”, “T-3” and “3=” of those that share a place.
PLACE = re.compile(r"(?:第|t-?|=)?\s*(\d+)\s*(?:st|nd|rd|th|名|位|=)?", re.IGNORECASE)

MOST = 10**9  # what a column of whole numbers holds
# A row that holds a score. ``rank_of`` and the like are 0 where nothing is said.
Row = namedtuple("Row", ["number", *TEXTS, *NUMBERS, *DAYS])
# A cell that is wrong; ``column`` and ``cell`` are empty if the whole row is.
Problem = namedtuple("Problem", ["number", "column", "cell", "code"])


TEMPLATE = [
    ["Wave", "Unit", "Factor", "Score", "Base", "Peer Average", "Rank", "Rank Of"],
    ["2026 Spring", "", "", "765", "1204", "750", "3", "12"],
    ["2026 Spring", "", "Delivery", "801", "1204", "772", "2", "12"],
]
TEMPLATE_ZH = [
    ["期次", "单位", "因子", "得分", "样本量", "同业均值", "排名", "参评数"],
    ["2026 春季", "", "", "765", "1204", "750", "3", "12"],
    ["2026 春季", "", "交车", "801", "1204", "772", "2", "12"],
]


def guess(header):
    """Return what a column is likely to be; what is not known is left out."""
    return KNOWN.get(get_key(header), SKIP)


def read_rows(columns, rows, most):
    """Return ``(rows, problems, empty)``: a ``Row`` for each row whose cells are all
    right, the problems of the others, and the number of rows without a score, which
    institutes print for whom too few were asked.

    :param columns: ``[(header, target)]``, each target but ``skip`` at most once
    :param most: the highest score there can be
    """
    reader = _Reader(columns, rows, most)
    read = []
    for number, cells in rows:
        row = reader.read_row(number, cells)
        if row:
            read.append(row)
    return read, reader.problems, reader.empty


class _Reader:
    def __init__(self, columns, rows, most):
        self.places = {
            target: (place, header)
            for place, (header, target) in enumerate(columns)
            if target != SKIP
        }
        self.day_orders = {
            target: find_day_order(cells[place] for _number, cells in rows if cells)
            for target, (place, _header) in self.places.items()
            if target in DAYS
        }
        self.most = most
        self.problems = []
        self.empty = 0

    def read_row(self, number, cells):
        """Return the row, None if it is wrong or holds no score."""
        if cells is None:
            self.problems.append(Problem(number, "", "", "too_many_cells"))
            return None
        before = len(self.problems)
        said = {target: cells[place] for target, (place, _h) in self.places.items()}
        values = {target: said.get(target, "") for target in TEXTS}
        self._split_rank(said)
        for target in NUMBERS:
            values[target] = self._read(number, target, said.get(target, ""))
        for target in DAYS:
            values[target] = self._read(number, target, said.get(target, ""))
        if len(self.problems) > before:
            return None
        if values["score"] is None:
            self.empty += 1
            return None
        return Row(number, **values)

    def _split_rank(self, said):
        """Take “3 / 12” for a rank and of how many, “3rd” for a rank."""
        rank = said.get("rank", "").strip()
        if match := RANK.fullmatch(rank):
            said["rank"] = match[1]
            said["rank_of"] = said.get("rank_of") or match[2]
        elif match := PLACE.fullmatch(rank):
            said["rank"] = match[1]

    def _read(self, number, target, cell):
        try:
            if target in DAYS:
                return read_day(cell, self.day_orders.get(target))
            return self._read_number(target, cell)
        except WrongNumber as error:
            code = str(error)
        except AmbiguousDay:
            code = "two_dates"
        except ValueError:
            code = "no_date" if target in DAYS else "no_number"
        header = self.places.get(target, (0, ""))[1]
        self.problems.append(Problem(number, header, cell, code))
        return None

    def _read_number(self, target, cell):
        value, is_percentage = read_number(cell)
        if value is None:
            return None if target == "score" else 0
        if target in SCORES:
            value = self._read_score(value, is_percentage)
        _check_number(target, value)
        return value or 0

    def _read_score(self, value, is_percentage):
        if is_percentage:
            value = value / 100 * self.most
        if value > self.most:
            raise WrongNumber("too_high")
        return value


def _check_number(target, value):
    if value < 0:
        raise WrongNumber("negative")
    if target in WHOLE_NUMBERS and value % 1:
        raise WrongNumber("not_whole")
    if value > MOST:
        raise WrongNumber("too_large")


class WrongNumber(ValueError):
    """A number that cannot be; the argument is the code of the problem."""


def get_period(rows):
    """Return the first and the last day that rows name, None for what they do not.

    >>> get_period([])
    (None, None)
    """
    first = min((row.date_from for row in rows if row.date_from), default=None)
    last = max((row.date_to for row in rows if row.date_to), default=None)
    return check_period(first, last)


def check_period(first, last):
    """Return these days again, each None if it is not known.

    :raise ValueError: it ends before it has begun
    """
    if first and last and last < first:
        raise ValueError(str(last))
    return first, last

"""What the printed lines of a business card are: plain rules, and for each field the
lines from which it was read."""

import re
from statistics import median
from typing import NamedTuple

from . import card_address, card_lines, card_names, card_numbers
from .card_words import CHINESE, COMPANY_REST, GENERIC_BOXES

LONGEST_LABEL = 12
FURTHER_LINES = 3  # of an address, at most


class Value(NamedTuple):
    """What was read, and the numbers of the lines from which, from 0."""

    text: str
    lines: tuple


class Reading(NamedTuple):
    """Fields by name, lines that are none of them, and all lines in their order, with
    how surely each was read."""

    fields: dict
    left: list
    rows: list
    scores: list


def read(lines, region="CN"):
    """Return what stands on a card.

    The fields are ``name``, ``function``, ``department``, ``company``, ``mobile``,
    ``phone``, ``fax``, ``email``, ``office_email``, ``website``, ``address``, ``zip``,
    and names of chats; a field that is not found is missing.

    :param lines: ``[[text, score, [left, top, right, bottom]]]``
    :param region: code of the country whose numbers are written without its code
    """
    return _Card(card_lines.order(lines), region).sort_out()


class _Card:
    """The lines of one card, taken one after the other by the field they are."""

    def __init__(self, lines, region):
        self.lines = lines
        self.rests = {number: line.text for number, line in enumerate(lines)}
        self.fields = {}
        self.others = []
        is_chinese = any(CHINESE.search(line.text) for line in lines)
        self.region = "CN" if is_chinese else region
        self.height = median([line.height for line in lines] or [1]) or 1

    def sort_out(self):
        self._take_net()
        self._take_numbers()
        self._take_address()
        self._take_companies()
        self._take_person()
        self._take_titles()
        self._take_rest()
        left = [
            text
            for text in (*self.others, *self.rests.values())
            if text.strip(" :.,|/-")
        ]
        rows = [line.text for line in self.lines]
        return Reading(self.fields, left, rows, [line.score for line in self.lines])

    def _keep(self, name, text, *numbers):
        """Keep the first value of a field, further ones as what is left."""
        if name not in self.fields:
            self.fields[name] = Value(text, numbers)
        elif text != self.fields[name].text:
            self.others.append(text)

    def _use(self, *numbers):
        for number in numbers:
            self.rests.pop(number, None)

    def _put_rest(self, number, text):
        if text:
            self.rests[number] = text
        else:
            self._use(number)

    def _take_net(self):
        for number, text in list(self.rests.items()):
            hits, rest = card_numbers.take_net(text)
            for hit in hits:
                self._keep(self._get_net_name(hit), hit.text, number)
            if hits:
                self._put_rest(number, rest)

    def _get_net_name(self, hit):
        box = hit.text.partition("@")[0].casefold()
        is_office = hit.kind == "email" and box in GENERIC_BOXES
        return "office_email" if is_office else hit.kind

    def _take_numbers(self):
        numbers = list(self.rests)
        for number in numbers:
            if number not in self.rests:
                continue
            text, used = self._join_label(number)
            hits, rest = card_numbers.take_numbers(text, self.region)
            if not hits:
                continue
            for hit in hits:
                if hit.kind == "other":
                    self.others.append(text)
                else:
                    self._keep(hit.kind, hit.text, *used)
            self._use(*used)
            self._put_rest(number, rest if re.search(r"[^\W\d_]{2}", rest) else "")

    def _join_label(self, number):
        """Return a line with what stands beside it, where it is only a label."""
        text, used = self.rests[number], [number]
        is_label = card_numbers.LABEL.match(text + ":") and not re.search(r"\d", text)
        beside = number + 1
        if is_label and len(text) < LONGEST_LABEL and self._is_beside(number, beside):
            return f"{text} {self.rests[beside]}", [number, beside]
        return text, used

    def _is_beside(self, number, beside):
        if beside not in self.rests:
            return False
        one, other = self.lines[number].box, self.lines[beside].box
        return one[1] < (other[1] + other[3]) / 2 < one[3]

    def _take_address(self):
        number, text = self._find_address()
        if number is None:
            return
        numbers = [number]
        if self._begins_before(number, text):
            numbers = [number - 1, number]
            text = f"{self.rests[number - 1]}, {text}"
        gap = "" if CHINESE.search(text) else ", "
        for following in range(number + 1, number + 1 + FURTHER_LINES):
            if not self._goes_on(following, numbers[-1]):
                break
            numbers.append(following)
            text = text.rstrip(" ,") + gap + self.rests[following].lstrip(" ,")
        self._use(*numbers)
        self._keep("address", text, *numbers)

    def _find_address(self):
        """Return the line that is labelled so, else the first that looks so."""
        alike = None, ""
        for number, text in self.rests.items():
            rest, has_label = card_address.strip_label(text)
            if has_label and len(rest) > 5 and not card_names.is_title(rest):
                return number, rest
            if alike[0] is None and self._looks_like_address(rest):
                alike = number, rest
        return alike

    def _looks_like_address(self, text):
        return card_address.is_address(text) and not card_names.is_company(text)

    def _begins_before(self, number, text):
        """Return whether the street stands on the line above a town."""
        above = self.rests.get(number - 1, "")
        if CHINESE.search(text) or not re.match(r"[A-Z-]*\d{4,6}\s", text):
            return False
        return bool(re.search(r"[A-Za-z]{3}", above) and re.search(r"\d", above))

    def _goes_on(self, number, before):
        text = self.rests.get(number)
        if not text or before not in self.rests or card_names.is_company(text):
            return False
        one, other = self.lines[before], self.lines[number]
        is_below = other.box[1] - one.box[3] < 1.5 * one.height
        has_label = card_address.strip_label(text)[1]
        return is_below and not has_label and card_address.may_go_on(text)

    def _take_companies(self):
        companies = []
        for number in list(self.rests):
            if number in self.rests:
                joined, used = self._join_company(number)
                if card_names.is_company(joined):
                    companies.append((joined, used))
                    self._use(*used)
        companies = companies or self._guess_company()
        # In the language of the card, which is that of the person.
        companies.sort(key=lambda one: not CHINESE.search(one[0]))
        for text, used in companies:
            self._keep("company", _write_company(text), *used)

    def _join_company(self, number):
        """Return a line with the one below where that is but the end of a name."""
        text, following = self.rests[number], self.rests.get(number + 1, "")
        if not COMPANY_REST.match(following):
            return text, [number]
        before, after = self.lines[number : number + 2]
        if after.box[1] - before.box[3] > before.height:
            return text, [number]
        gap = "" if CHINESE.search(text) else " "
        return f"{text}{gap}{following}", [number, number + 1]

    def _guess_company(self):
        """Return the line that is the name in an e-mail or web page, else one that
        sounds like a company."""
        hosts = {
            card_names.get_host(self.fields[name].text)
            for name in ("email", "office_email", "website")
            if name in self.fields
        }
        for is_one in (
            lambda text: card_names.is_named_by(text, hosts),
            card_names.may_be_company,
        ):
            for number, text in self.rests.items():
                if is_one(text):
                    self._use(number)
                    return [(text, [number])]
        return []

    def _take_person(self):
        found = []
        for number, text in self.rests.items():
            if person := card_names.read_person(text):
                found.append((self._get_rank(number, text, person), number, person))
        if not found:
            return
        _rank, number, (name, title) = max(found, key=lambda one: (one[0], -one[1]))
        self._use(number)
        self._keep("name", name, number)
        if title:
            self._keep("function", title, number)
        self._use_other_spelling(number)

    def _use_other_spelling(self, taken):
        """Keep the name in Latin letters beside a Chinese one as what is left."""
        for number in (taken + 1, taken - 1):
            text = self.rests.get(number, "")
            if not CHINESE.search(text) and card_names.is_latin_name(text):
                self.others.append(text)
                self._use(number)
                return

    def _get_rank(self, number, text, person):
        """Return how likely a line is the name of the person."""
        name, title = person
        rank = self.lines[number].height / self.height
        rank += 2 if title else 0
        if CHINESE.search(name):
            rank += 1.5
        elif email := self.fields.get("email"):
            box = email.text.partition("@")[0]
            rank += 3 if card_names.matches_box(name, box) else 0
        beside = (self.rests.get(number + 1, ""), self.rests.get(number - 1, ""))
        rank += 1 if any(map(card_names.is_title, beside)) else 0
        return rank

    def _take_titles(self):
        name = self.fields.get("name")
        is_chinese = bool(name and CHINESE.search(name.text))
        titles = [
            (number, text)
            for number, text in self.rests.items()
            if card_names.is_title(text)
        ]
        titles.sort(key=lambda one: bool(CHINESE.search(one[1])) != is_chinese)
        for number, text in titles:
            self._use(number)
            if not CHINESE.search(text):
                text = card_names.CAMEL.sub(" ", text)
            self._keep("function", card_names.squeeze(text).strip(" ,|/"), number)

    def _take_rest(self):
        for number, text in list(self.rests.items()):
            if card_names.is_department(text):
                self._use(number)
                self._keep("department", text, number)


def _write_company(text):
    """Return the name of a company as it is registered: Chinese without gaps, and with
    the brackets of Chinese."""
    text = re.sub(r"\(([\u3400-\u9fff]+)\)", r"（\1）", card_names.squeeze(text))
    return text.strip(" ,")

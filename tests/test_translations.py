"""PL-5: English and zh_CN are complete. Reads files, needs no Odoo."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[1]
TRANSLATIONS = sorted(ROOT.glob("crm_relations*/i18n/zh_CN.po"))
MARKS = re.compile(r"%\(\w+\)[sdf]|%%|<[^>]+>")
# The words of a mark that people read: they are translated as well.
WORDS = re.compile(r'(?:(?<= title=)|(?<= alt=)|(?<= aria-label=))"[^"]*"')

# A number and what there are so many of: of one it would read "1 days".
COUNTED = re.compile(
    r"%(?:\((?P<name>\w+)\))?[sd] (?:more |working |new |open |anonymous )?(?:"
    r"answers|attempts|calls|cards|changes|claims|complaints|contacts|customers|days|"
    r"documents|entries|files|follow-ups|hours|items|lines|members|minutes|months|nights|orders|"
    r"people|persons|points|problems|questions|referrals|records|requests|rows|seats|"
    r"steps|tasks|times|visits|weeks|years)\b"
)
# Bounds and ranges, "within 1 to 90 days", and who answers.
BOUNDS = {"most", "least", "longest", "deepest", "last", "person", "answering", "heir"}
# Where a number is told with its noun, for one and for many.
COUNTED_IN = "crm_relations/tools/counted.py"
# Told of more than one only: of one there is another sentence beside it, or a constant
# is the number.
OF_MANY = {
    "%(days)s days",
    "%(days)s working days",
    "%(hours)s working hours",
    "%s days ago",
    "%s days late",
    "%s days left",
    "in %s days",
    "Complained %s days ago, not settled yet",
    "Wrote %s days ago, unanswered",
    "contacted %s days ago",
    "at least %s referrals",
    "A customer is kept for one day at least and for %(days)s days at most.",
    "A downgrade waits between 0 and %(months)s months.",
    "After orders on %(days)s days since %(first)s and this silence, it is still "
    "active with a probability of %(share)s.",
    "Check actions after 0 to %s days.",
    "Choose up to %(count)s years between %(first)s and %(last)s.",
    "Fewer than %s answers together are not anonymous.",
    "New customers are judged after 0 to %(days)s days.",
    "Notices come 1 to %(days)s days before, each on another day.",
    "Numbers cannot be negative, and grace ends after %(days)s days at most.",
    "Proposed: %(count)s changes. Whoever looks after the archive decides.",
    "Silence is measured up to %(days)s days and %(times)s times the own rhythm.",
    "The figure after ± and the two ends of a span hold the true value 19 times out of "
    "20. Colors mean: more than chance. Fewer than %s answers are grey and have no "
    "place.",
    "The window is at most %(months)s months long.",
    "There are more than %s customers: they follow in the background, within minutes.",
}


def get_marks(text):
    return sorted(WORDS.sub("", mark) for mark in MARKS.findall(text))


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.parts[-3])
def test_every_term_of_the_template_is_translated(path):
    template = polib.pofile(path.with_name(f"{path.parts[-3]}.pot"))
    translated = {entry.msgid: entry.msgstr for entry in polib.pofile(path)}
    missing = [entry.msgid for entry in template if not translated.get(entry.msgid)]
    assert not missing


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.parts[-3])
def test_placeholders_and_tags_are_kept(path):
    wrong = [
        entry.msgid
        for entry in polib.pofile(path)
        if get_marks(entry.msgid) != get_marks(entry.msgstr)
    ]
    assert not wrong


def test_each_addon_has_its_translation():
    assert [path.parts[-3] for path in TRANSLATIONS] == [
        "crm_relations",
        "crm_relations_complaint",
        "crm_relations_survey",
    ]


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.parts[-3])
def test_no_blank_parts_a_number_from_chinese(path):
    """One way everywhere: 45个工作日, not now and then 45 个工作日."""
    number, chinese = r"(?:%\(\w+\)[sdf]|%[sd]|\d)", "[\u3001-\u9fff\uff00-\uff1f]"
    blank = re.compile(f"{number} {chinese}|{chinese} {number}")
    found = [one.msgstr for one in polib.pofile(path) if blank.search(one.msgstr)]
    assert not found


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.parts[-3])
def test_chinese_has_its_own_marks(path):
    """A comma, a colon or a question mark after a Chinese sign is a Chinese one, and so
    are brackets beside it."""
    western = re.compile("[\u4e00-\u9fff](?:[,;:?!)]| ?\\()")
    found = [one.msgstr for one in polib.pofile(path) if western.search(one.msgstr)]
    assert not found


def is_counted_apart(entry):
    """Return whether a term tells a number with its noun, in a place of its own."""
    counted = [one["name"] not in BOUNDS for one in COUNTED.finditer(entry.msgid)]
    places = [place for place, _line in entry.occurrences]
    return any(counted) and not any(place.endswith(COUNTED_IN) for place in places)


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.parts[-3])
def test_a_number_that_may_be_one_is_told_with_its_noun_in_one_place(path):
    """By tools/counted.py; or the sentence is worded so that any number fits."""
    template = polib.pofile(path.with_name(f"{path.parts[-3]}.pot"))
    found = {entry.msgid for entry in template if is_counted_apart(entry)}
    assert not found - OF_MANY

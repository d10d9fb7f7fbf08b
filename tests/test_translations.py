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
def test_chinese_has_its_own_marks(path):
    """A comma, a colon or a question mark after a Chinese sign is a Chinese one."""
    western = re.compile("[\u4e00-\u9fff][,;:?!]")
    found = [one.msgstr for one in polib.pofile(path) if western.search(one.msgstr)]
    assert not found

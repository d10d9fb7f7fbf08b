"""The check that no dependency binds those who use it."""

from email.message import Message

import pytest

from workshop import licences


def package(name, **stated):
    message = Message()
    message["Name"] = name
    for key, value in stated.items():
        message[key.replace("_", "-")] = value
    return message


def is_refused(**stated):
    return bool(licences.refused({"x": package("x", **stated)}))


@pytest.mark.parametrize(
    "stated",
    [
        {"License": "GPL-3.0-or-later"},
        {"License_Expression": "AGPL-3.0-only"},
        {"License_Expression": "MIT AND GPL-2.0-only"},
        {"Classifier": "License :: OSI Approved :: GNU General Public License (GPL)"},
        {"License": "Proprietary"},
        {},
    ],
)
def test_what_binds_its_user_or_says_nothing_is_refused(stated):
    assert is_refused(**stated)


@pytest.mark.parametrize(
    "stated",
    [
        {"License_Expression": "MIT-CMU"},
        {"License_Expression": "GPL-2.0-only OR BSD-3-Clause"},
        {"License": "BSD 3-Clause License\n\nlong text of the GPL that it is not"},
        {"License": "LGPL with exceptions"},
        {
            "License": "see COPYING",
            "Classifier": "License :: OSI Approved :: Mozilla Public License 2.0 (MPL)",
        },
        {"License": "Apache 2.0", "Classifier": "License :: OSI Approved"},
    ],
)
def test_free_licences_pass(stated):
    assert not is_refused(**stated)


def test_what_a_package_needs_in_turn_is_looked_at():
    assert "packaging" in licences.needed(["pytest"])


def test_a_package_that_is_not_there_is_told(capsys):
    assert licences.main("no-such-package-anywhere") == 1
    assert "no-such-package-anywhere" in capsys.readouterr().out

"""The package source is read from what the machine is set up with."""

import pytest

from workshop import debian_source
from workshop.console import Problem

PARAGRAPHS = """\
# The system itself
Types: deb deb-src
URIs: http://mirror.test/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://mirror.test/security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://switched-off.test/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://sources-only.test/debian
Suites: bookworm
Components: main
"""
LINES = """\
# deb http://commented.test/debian bookworm main
deb [arch=amd64 signed-by=/keys/a.gpg] http://other.test/apt tools-bookworm main
deb-src http://mirror.test/debian bookworm main
deb http://mirror.test/debian bookworm main non-free # the system
"""


def find(sources):
    return debian_source.find(sources, "bookworm")


def test_the_system_is_found_among_paragraphs():
    source, suite = find(debian_source.parse_paragraphs(PARAGRAPHS))
    assert (source.uris, suite) == (["http://mirror.test/debian"], "bookworm")
    assert source.key == "/usr/share/keyrings/archive.gpg"


def test_paragraphs_that_are_off_or_hold_no_binaries_are_left_out():
    sources = debian_source.parse_paragraphs(PARAGRAPHS)
    assert [source.suites[0] for source in sources] == ["bookworm", "bookworm-security"]


def test_the_system_is_found_among_lines():
    source, suite = find(debian_source.parse_lines(LINES))
    assert (source.uris, suite) == (["http://mirror.test/debian"], "bookworm")
    assert source.components == ["main", "non-free"]


def test_the_key_of_a_line_is_kept():
    other = debian_source.parse_lines(LINES)[0]
    assert other.key == "/keys/a.gpg"


def test_another_suite_is_asked_of_the_same_source_with_the_same_key():
    source, _suite = find(debian_source.parse_paragraphs(PARAGRAPHS))
    assert source.line("unstable") == (
        "deb [signed-by=/usr/share/keyrings/archive.gpg] "
        "http://mirror.test/debian unstable main\n"
    )


def test_a_key_written_into_the_file_is_left_to_the_system_keys():
    text = PARAGRAPHS.replace(
        "/usr/share/keyrings/archive.gpg",
        "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END",
    )
    source, _suite = find(debian_source.parse_paragraphs(text))
    assert source.line("unstable").startswith("deb http")


def test_a_machine_on_a_rolling_suite_is_served_too():
    sources = debian_source.parse_lines("deb http://mirror.test/debian sid main")
    assert debian_source.find(sources, "forky")[1] == "sid"


def test_both_kinds_of_file_are_read(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list.d" / "debian.sources").write_text(PARAGRAPHS)
    (tmp_path / "sources.list.d" / "other.list").write_text(LINES)
    assert len(debian_source.read(tmp_path)) == 4


def test_no_source_is_a_clear_message(tmp_path):
    with pytest.raises(Problem, match="No Debian system"):
        find(debian_source.read(tmp_path))


def test_the_code_name_comes_from_the_release_file(tmp_path):
    release = tmp_path / "os-release"
    release.write_text('NAME="Debian"\nVERSION_CODENAME=bookworm\n')
    assert debian_source.codename(release) == "bookworm"
    assert debian_source.codename(tmp_path / "missing") == ""

"""The package source that this machine is set up with, read from its own files."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from workshop.console import Problem

GENERIC_SUITES = {"stable", "testing", "unstable", "sid"}
ONE_LINE = re.compile(
    r"deb\s+(?:\[(?P<options>[^]]*)\]\s*)?(?P<uri>\S+)\s+(?P<rest>.+)"
)


@dataclass
class Source:
    """One configured source: where it is, which suites, which key signs it."""

    uris: list
    suites: list
    components: list = field(default_factory=list)
    key: str = ""

    def line(self, suite):
        """Return the line of a sources.list for another suite of this source."""
        option = f"[signed-by={self.key}] " if self.key else ""
        return f"deb {option}{self.uris[0]} {suite} main\n"


def read(folder=Path("/etc/apt")):
    """Return all sources of a configuration folder of apt."""
    sources = []
    for path in sorted(folder.glob("sources.list.d/*.sources")):
        sources += parse_paragraphs(path.read_text())
    for path in [
        folder / "sources.list",
        *sorted(folder.glob("sources.list.d/*.list")),
    ]:
        if path.exists():
            sources += parse_lines(path.read_text())
    return sources


def parse_paragraphs(text):
    """Return the enabled binary sources of a file in deb822 format."""
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    sources = []
    for paragraph in re.split(r"\n\s*\n", text):
        fields = _parse_fields(paragraph)
        if "deb" in fields.get("types", "").split() and fields.get("enabled") != "no":
            sources.append(_source(fields))
    return sources


def _parse_fields(paragraph):
    found = re.findall(r"^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)", paragraph, re.MULTILINE)
    return {name.lower(): value.strip() for name, value in found}


def _source(fields):
    uris, suites, components = (
        fields.get(name, "").split() for name in ("uris", "suites", "components")
    )
    key = fields.get("signed-by", "")
    return Source(uris, suites, components, key if key.startswith("/") else "")


def parse_lines(text):
    """Return the binary sources of a file with one source a line."""
    matches = map(ONE_LINE.match, map(str.strip, text.splitlines()))
    return [_source_of_line(match) for match in matches if match]


def _source_of_line(match):
    key = re.search(r"signed-by=(\S+)", match["options"] or "")
    suite, *components = match["rest"].split("#")[0].split()
    return Source([match["uri"]], [suite], components, key[1] if key else "")


def find(sources, codename):
    """Return the source that the machine's own system comes from, and its suite."""
    for source in sources:
        for suite in source.suites:
            own = suite == codename or suite in GENERIC_SUITES
            if own and source.uris and "main" in source.components:
                return source, suite
    raise Problem("No Debian system is among the package sources of this machine.")


def codename(path=Path("/etc/os-release")):
    """Return the code name of the installed system, empty if it has none."""
    text = path.read_text() if path.exists() else ""
    match = re.search(r'^VERSION_CODENAME="?([\w-]+)', text, re.MULTILINE)
    return match[1] if match else ""

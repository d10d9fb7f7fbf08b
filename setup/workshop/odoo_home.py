"""Odoo 19.0: the user's, else Debian's package, else a clone."""

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from workshop import debian_packages, disk, paths, processes
from workshop.console import Problem, say
from workshop.locks import locked

SERIES = "19.0"
GIGABYTES = 3
HOW_TO = (
    "Set ODOO_HOME to a checkout of Odoo 19.0, or ODOO_REPOSITORY to the address of "
    "its repository, and start again."
)


class OdooHome:
    """A folder that holds the package ``odoo`` of the right series."""

    def __init__(self, folder):
        self.folder = Path(folder)
        release = self.folder / "odoo" / "release.py"
        if not release.exists():
            raise Problem(f"{self.folder} holds no Odoo. {HOW_TO}")
        text = release.read_text()
        match = re.search(r"version_info = \((\d+), (\d+)", text)
        found = ".".join(match.groups()) if match else "of unknown version"
        if found != SERIES:
            raise Problem(f"{self.folder} holds Odoo {found}, not {SERIES}. {HOW_TO}")
        self.fingerprint = hashlib.sha256(f"{self.folder}{text}".encode()).hexdigest()

    def addons_paths(self):
        """Return the folders with Odoo's own addons; a checkout has two."""
        candidates = (self.folder / "addons", self.folder / "odoo" / "addons")
        return [path for path in candidates if any(path.glob("*/__manifest__.py"))]


def ensure(environ=os.environ):
    """Return Odoo's home, fetched into the user's cache if there is none."""
    if environ.get("ODOO_HOME"):
        return OdooHome(Path(environ["ODOO_HOME"]).expanduser().resolve())
    cache = paths.cache(environ)
    cached = cache / f"odoo-{SERIES}"
    if not cached.exists():
        with locked(cache / "odoo.lock", "fetching Odoo"):
            if not cached.exists():
                _fetch(cached, environ.get("ODOO_REPOSITORY"))
    library = cached / debian_packages.LIBRARY
    return OdooHome(library if library.exists() else cached)


def _fetch(target, repository):
    """Fetch into a temporary sibling, renamed when complete."""
    disk.require(target, GIGABYTES, "Odoo")
    for leftover in target.parent.glob("fetching-*"):
        shutil.rmtree(leftover)
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=target.parent) as work:
        prefix = Path(work) / "odoo"
        _fetch_into(prefix, Path(work), repository)
        prefix.rename(target)


def _fetch_into(prefix, work, repository):
    try:
        if not shutil.which("dpkg-deb"):
            raise Problem("This machine has no Debian packages.")
        OdooHome(debian_packages.unpack(prefix, work))
    except Problem as problem:
        if not repository:
            raise Problem(f"{problem} {HOW_TO}") from problem
        say(f"- {problem}")
        shutil.rmtree(prefix, ignore_errors=True)
        _clone(prefix, repository)


def _clone(prefix, repository):
    argv = ["git", "clone", "--quiet", "--depth", "1", "--branch", SERIES]
    processes.run("Clone Odoo 19.0", [*argv, repository, prefix], "odoo-clone")
    OdooHome(prefix)

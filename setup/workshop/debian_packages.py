"""Debian's package of Odoo, unpacked into a folder of our own; no root is needed."""

import os
import re
import subprocess

from workshop import debian_source, processes
from workshop.console import Problem

CARRIER = "unstable"  # the suite that carries odoo-19
PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
)
# Version 7 left out the files that Odoo's links point to.
AWESOME = "fonts-font-awesome"
AWESOME_VERSION = re.compile(r"5\.0\.10\+really4\.7\S*")
LIBRARY = "usr/lib/python3/dist-packages"
# Debian leaves this script out, and without it no page of Odoo gets its assets.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def unpack(prefix, work):
    """Unpack Odoo and what its links point to under ``prefix``.

    :param work: a folder for lists and downloads, the caller removes it
    :returns: the folder that holds the package ``odoo``
    """
    apt = Apt(work)
    apt.update()
    apt.download([*PACKAGES, f"{AWESOME}={apt.old_version(AWESOME, AWESOME_VERSION)}"])
    prefix.mkdir(parents=True)
    loop = 'for package in "$2"/*.deb; do dpkg-deb -x "$package" "$1" || exit 1; done'
    argv = ["sh", "-c", loop, "sh", prefix, work]
    processes.run("Unpack them", argv, "odoo-unpack")
    stub = prefix / LIBRARY / LEFT_OUT
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.touch()
    return prefix / LIBRARY


class Apt:
    """apt-get with lists of its own, derived from the machine's configured source."""

    def __init__(self, work):
        self.work = work
        self.sources = work / "sources.list"
        for folder in ("lists/partial", "cache/archives/partial"):
            (work / folder).mkdir(parents=True, exist_ok=True)
        self.sources.write_text(self._lines())

    def _lines(self):
        source, own = debian_source.find(debian_source.read(), debian_source.codename())
        suites = dict.fromkeys(
            (CARRIER, own if own not in (CARRIER, "sid") else "stable")
        )
        return "".join(map(source.line, suites))

    def options(self):
        settings = {
            "Dir::State::Lists": self.work / "lists",
            "Dir::Cache": self.work / "cache",
            "Dir::Etc::sourcelist": self.sources,
            "Dir::Etc::sourceparts": "-",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "APT::Update::Error-Mode": "any",
        }
        if os.geteuid() == 0:
            settings["APT::Sandbox::User"] = "root"
        return [f"-o{name}={value}" for name, value in settings.items()]

    def update(self):
        self._run("Read the list of Debian packages", ["update"], "odoo-update")

    def download(self, packages):
        title = "Download Odoo 19.0 and its fonts (130 MB)"
        self._run(title, ["download", *packages], "odoo-download")

    def _run(self, title, arguments, log):
        argv = ["apt-get", *self.options(), *arguments]
        processes.run(title, argv, log, cwd=self.work)

    def old_version(self, package, pattern):
        """Return the newest offered version that matches, or raise a problem."""
        argv = ["apt-cache", *self.options(), "madison", package]
        listed = subprocess.run(
            argv, capture_output=True, text=True, check=False
        ).stdout
        versions = pattern.findall(listed)
        if not versions:
            raise Problem(f"The package source offers no old {package}.")
        return versions[0]

"""Programs and fonts that come from the system's packages, when that is permitted."""

import os
import shutil
import subprocess
from dataclasses import dataclass

from workshop import paths, processes
from workshop.console import Problem, say
from workshop.locks import locked

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


@dataclass(frozen=True)
class Need:
    """Something that the system should offer, and the package that brings it."""

    package: str
    purpose: str

    def is_met(self):
        return CHECKS[self.package]()


CHROMIUM = Need("chromium", "browser tests")
WKHTMLTOPDF = Need("wkhtmltopdf", "PDF files")
CHINESE_FONT = Need("fonts-noto-cjk", "Chinese letters in PDF files and pictures")


def _has_browser():
    return any(map(shutil.which, BROWSERS))


def _has_chinese_font():
    if not shutil.which("fc-list"):
        return False
    command = ["fc-list", ":lang=zh", "family"]
    return bool(
        subprocess.run(command, capture_output=True, check=False).stdout.strip()
    )


CHECKS = {
    "chromium": _has_browser,
    "wkhtmltopdf": lambda: shutil.which("wkhtmltopdf"),
    "fonts-noto-cjk": _has_chinese_font,
}


def ensure(needs):
    """Install what is missing where permitted; return and name what stays missing."""
    missing = [need for need in needs if not need.is_met()]
    if missing and _installer() is not None:
        names = ", ".join(need.package for need in missing)
        say(f"- Missing system packages, to be installed now: {names}")
        with _alone():
            _install_each(missing)
        missing = [need for need in missing if not need.is_met()]
    for need in missing:
        say(f"- Not installed: {need.package}, needed for {need.purpose}.")
    return missing


def install_or_name(package, what):
    """Install one package, or raise a problem that names it."""
    if _installer() is None:
        raise Problem(f"{what} is missing: install {package} and start again.")
    with _alone():
        _update()
        _install(package)


def _alone():
    """Wait for another command of ours: the system installs one thing at a time."""
    return locked(paths.private_folder() / "system.lock", "installing system packages")


def _install_each(needs):
    try:
        _update()
    except Problem as problem:
        say(f"- {problem}")
        return
    for need in needs:
        try:
            _install(need.package)
        except Problem as problem:
            say(f"- {problem}")


def _installer():
    """Return the start of an apt-get command that may install, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = ["sudo", "-n", "apt-get"]
    if (
        shutil.which("sudo")
        and not subprocess.run(
            [*sudo, "--version"], capture_output=True, check=False
        ).returncode
    ):
        return sudo
    return None


def _update():
    argv = [*_installer(), "update"]
    processes.run("Read the list of system packages", argv, "apt-update")


def _install(package):
    processes.run(
        f"Install {package}",
        [*_installer(), "install", "-y", "--no-install-recommends", package],
        f"apt-{package}",
        environment={"DEBIAN_FRONTEND": "noninteractive"},
    )

"""A private Python environment with pinned packages."""

import hashlib
import os
import shutil
import sys

from workshop import disk, paths, processes, system_packages
from workshop.console import Problem
from workshop.locks import locked

GIGABYTES = 1.5


class Environment:
    """A virtual environment that is complete when its stamp says so.

    The stamp is written last: an environment whose preparation was interrupted, or
    whose requirements, Python or place changed, is made anew.
    """

    def __init__(self, folder, requirements):
        self.folder = folder
        self.requirements = [
            paths.REQUIREMENTS / f"{name}.txt" for name in requirements
        ]
        self.python = folder / "bin" / "python"
        self.stamp = folder / "complete"

    def fingerprint(self):
        """Return what the environment depends on, as a hash."""
        digest = hashlib.sha256(f"{sys.version_info[:3]} {self.folder}".encode())
        for path in self.requirements:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_complete(self):
        return self.stamp.exists() and self.stamp.read_text() == self.fingerprint()

    def ensure(self):
        """Prepare the environment unless it is complete, and return its Python."""
        if not self.is_complete():
            lock = paths.private_folder() / f"{self.folder.name}.lock"
            with locked(lock, "preparing the Python packages"):
                if not self.is_complete():
                    self._prepare()
        return self.python

    def _prepare(self):
        disk.require(self.folder, GIGABYTES, "The Python environment")
        self._create()
        self._install()
        self.stamp.write_text(self.fingerprint())

    def _create(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        if not _has_venv():
            system_packages.install_or_name("python3-venv", "Python's venv module")
        processes.run(
            "Create a Python environment",
            [sys.executable, "-m", "venv", self.folder],
            f"{self.folder.name}-create",
        )

    def _install(self):
        argv = [self.python, "-m", "pip", "install", "--no-deps"]
        argv += ["--only-binary=:all:", "--retries", "2", "--no-input"]
        for path in self.requirements:
            argv += ["-r", path]
        processes.run(
            "Install the Python packages", argv, f"{self.folder.name}-install"
        )


def _has_venv():
    try:
        import ensurepip  # noqa: F401, PLC0415, Debian leaves it out of python3
        import venv  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True


def odoo_environment():
    return Environment(paths.VENV, ["odoo", "test"])


def enter(command, arguments):
    """Go on in the private environment: return only when already there."""
    environment = odoo_environment()
    python = environment.ensure()
    if sys.prefix == str(environment.folder):
        return
    try:
        os.execv(python, [str(python), str(paths.SETUP / command), *arguments])
    except OSError as error:
        environment.stamp.unlink(missing_ok=True)
        raise Problem(f"{python} does not run ({error}). Start again.") from error

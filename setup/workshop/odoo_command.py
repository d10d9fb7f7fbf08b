"""Odoo's own command line, with our configuration."""

import contextlib
import json
import subprocess
import sys

from workshop import paths, processes
from workshop.console import Problem, step

LANGUAGES = "en_US,zh_CN"


class OdooCommand:
    """Odoo as found, on a database server, for the addons of this project."""

    def __init__(self, home, server):
        self.home = home
        self.server = server
        self.start = [sys.executable, "-m", "odoo"]
        self._make_importable()
        self._write_configuration()

    def _make_importable(self):
        """Let the private environment import Odoo and this package."""
        packages = f"python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
        path = paths.VENV / "lib" / packages / "crm_relations_workshop.pth"
        path.write_text(f"{self.home.folder}\n{paths.SETUP}\n")

    def _write_configuration(self):
        addons = [*self.home.addons_paths(), paths.PROJECT]
        options = {
            "addons_path": ",".join(map(str, addons)),
            "data_dir": paths.DATA,
            "db_host": self.server.host,
            "db_port": self.server.port,
            "db_user": self.server.user,
            "http_interface": "127.0.0.1",
            "list_db": False,
            "screenshots": paths.PRIVATE / "screenshots",
            # The first nightly run over a large sample takes its time.
            "limit_time_real": 1800,
            "limit_time_cpu": 1800,
        }
        if self.server.password:
            options["db_password"] = self.server.password
        lines = [f"{name} = {value}" for name, value in options.items()]
        paths.CONFIGURATION.touch(mode=0o600)
        paths.CONFIGURATION.write_text("\n".join(["[options]", *lines, ""]))

    def server_argv(self, database, *arguments):
        return [
            *self.start,
            "server",
            "-c",
            paths.CONFIGURATION,
            "-d",
            database,
            *arguments,
        ]

    def change(self, title, database, *arguments):
        """Install or update addons as a step; return the path of the log."""
        ending = ("--stop-after-init", "--no-http", "--max-cron-threads=0")
        argv = self.server_argv(database, *arguments, *ending)
        what = arguments[0].strip("-").split("=")[0]
        return processes.run(title, argv, f"{database}-{what}", cwd=paths.PROJECT)

    def uninstall(self, title, database, addons):
        """Uninstall addons as a step; return the path of the log."""
        argv = [*self.start, "module", "uninstall", "-c", paths.CONFIGURATION]
        argv += ["-d", database, *addons]
        return processes.run(title, argv, f"{database}-uninstall", cwd=paths.PROJECT)

    def inside(self, database, function, *values, title=None, log="inside"):
        """Call ``module:function`` with an environment, and return what it returns.

        The values and the result go through JSON; the transaction is committed.
        """
        argv = [sys.executable, "-m", "workshop.inside", paths.CONFIGURATION, database]
        argv += [function, *map(json.dumps, values)]
        path = paths.LOGS / f"{database}-{log}.log"
        with step(title) if title else contextlib.nullcontext():
            with open(path, "w") as errors:
                done = _call(argv, errors)
            if done.returncode:
                what = title or function
                raise Problem(f"{what} failed {processes.explain(path)}")
        return json.loads(done.stdout.splitlines()[-1])


def _call(argv, errors):
    return subprocess.run(
        list(map(str, argv)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        check=False,
        cwd=paths.PROJECT,
    )

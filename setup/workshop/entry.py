"""First contact of every command, in words that any Python 3 understands."""

import os
import subprocess
import sys
import sysconfig

SUPPORTED = ((3, 10), (3, 11), (3, 12), (3, 13))
VERSIONS = "3.10, 3.11, 3.12 or 3.13"
NAMES = ("python3.11", "python3.12", "python3.13", "python3.10")
# Where the system's own are.
SYSTEM = "/usr"
OPTIMISED = "--enable-optimizations"


def start(command):
    """Run a command of ``workshop.commands``, under a Python that Odoo 19 supports."""
    if sys.version_info[:2] not in SUPPORTED:
        _hand_over(find_supported(), command)
    from workshop import paths  # too new for an old Python, as what follows
    from workshop.console import guard

    better = find_better(paths.VENV)
    if better:
        _hand_over(better, command)

    sys.exit(guard(command, sys.argv[1:]))


def find_better(environment):
    """Return the Python to go on with: the one that has made the environment, else a
    faster one than this; None if this is it."""
    maker = _find_maker(environment)
    if maker:
        return None if _is_this(maker) else maker
    return None if is_fast() else find_complete()


def _find_maker(environment):
    """Return the Python that an environment was made with, None if either is gone."""
    settings = os.path.join(str(environment), "pyvenv.cfg")
    if not os.path.exists(settings):
        return None
    with open(settings) as file:
        pairs = [line.partition(" = ") for line in file.read().splitlines()]
    maker = {name: value for name, _is, value in pairs}.get("executable")
    return maker if maker and _is_supported(maker) else None


def _is_this(python):
    running = getattr(sys, "_base_executable", sys.executable)
    return os.path.realpath(python) == os.path.realpath(running)


def is_fast():
    """Tell whether this Python was built to run fast: those that pyenv compiles are
    not unless told so, and all that they run takes a third longer."""
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return sys.base_prefix == SYSTEM or OPTIMISED in options


def find_complete(folder=SYSTEM + "/bin"):
    """Return a Python of the system that can make environments, else None: there is
    none, or a package is missing that nobody needs to install for speed alone."""
    for name in NAMES:
        path = os.path.join(folder, name)
        if _is_supported(path, "import ensurepip, venv"):
            return path
    return None


def find_supported(names=NAMES):
    """Return the first of the named Pythons that really is one, else None."""
    for name in names:
        if _is_supported(name):
            return name
    return None


def _is_supported(name, needs="pass"):
    code = "import sys; {}; sys.exit(sys.version_info[:2] not in {!r})"
    code = code.format(needs, SUPPORTED)
    try:
        with open(os.devnull, "w") as nothing:
            return subprocess.call([name, "-c", code], stderr=nothing) == 0
    except OSError:
        return False


def _hand_over(python, command):
    if python:
        os.execvp(python, [python] + sys.argv)
    found = ".".join(str(part) for part in sys.version_info[:2])
    sys.exit(
        "setup/{}: Python {} cannot run Odoo 19 and no other was found: "
        "install Python {} and start again.".format(command, found, VERSIONS)
    )

"""Where things are: the project, its private folder, the user's cache."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SETUP = PROJECT / "setup"
REQUIREMENTS = SETUP / "requirements"
PRIVATE = PROJECT / ".private"
LOGS = PRIVATE / "logs"
VENV = PRIVATE / "venv"
LINT_VENV = PRIVATE / "lint-venv"
NPM = PRIVATE / "npm"
POSTGRES = PRIVATE / "postgres"
DATA = PRIVATE / "data"
CONFIGURATION = PRIVATE / "odoo.conf"


def cache(environ=os.environ):
    """Return the folder in the user's cache that all checkouts share."""
    base = environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "crm-relations"


def private_folder():
    """Return the private folder, made if missing and ignored by git in any case."""
    LOGS.mkdir(parents=True, exist_ok=True)
    ignore = PRIVATE / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
    return PRIVATE

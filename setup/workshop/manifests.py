"""Our addons, as their manifests tell."""

import ast
import hashlib

from workshop import paths
from workshop.console import Problem

CODE = {".py", ".xml", ".csv", ".po", ".sql"}
NOT_INSTALLED = {"tests", "static", "__pycache__", "readme"}


def addons():
    """Return the addons of the project: name and manifest."""
    found = {
        path.parent.name: ast.literal_eval(path.read_text())
        for path in sorted(paths.PROJECT.glob("*/__manifest__.py"))
    }
    if not found:
        raise Problem(f"There is no addon in {paths.PROJECT}.")
    return found


def outside_dependencies(manifests):
    """Return the sorted addons of Odoo that ours depend on."""
    depends = {name for manifest in manifests.values() for name in manifest["depends"]}
    return sorted(depends - set(manifests))


def python_dependencies(manifests):
    """Return the sorted Python packages that our addons name, bounds included."""
    return sorted(
        {
            name
            for manifest in manifests.values()
            for name in manifest.get("external_dependencies", {}).get("python", [])
        }
    )


def fingerprint(names):
    """Return a hash of all that an update of these addons would read."""
    digest = hashlib.sha256()
    for name in names:
        for path in sorted((paths.PROJECT / name).rglob("*")):
            inner = path.relative_to(paths.PROJECT)
            if path.suffix in CODE and not NOT_INSTALLED & set(inner.parts):
                digest.update(str(inner).encode() + path.read_bytes())
    return digest.hexdigest()

"""Check that no Python package which the addons need binds those who use it.

Run by the Python of Odoo's environment, in which the packages are. Usage: licences.py,
then the names of the packages; what they need in turn is looked at too.
"""

import re
import sys
from importlib import metadata

from packaging.requirements import Requirement

# The LGPL first: its name holds the one that is refused.
ALLOWED = {
    "LGPL": r"LGPL|Lesser General Public",
    "MIT": r"\bMIT\b",
    "BSD": r"\bBSD\b",
    "Apache": r"\bApache\b",
    "PSF": r"\bPSF\b|Python Software Foundation",
    "MPL": r"\bMPL\b|Mozilla Public",
    "ISC": r"\bISC\b",
}
# Packages whose licence is none of those by name, and why each may be used.
REASONED = {
    "docutils": "public domain but for an Emacs mode (GPL), which is not imported",
    "zope.event": "ZPL-2.1, permissive; gevent needs it, and Odoo needs gevent",
    "zope.interface": "ZPL-2.1, permissive; gevent needs it, and Odoo needs gevent",
}


def stated_licences(package):
    """Return the licences that the metadata of a package state; one alternative of an
    expression is enough, so that only the best one of them is returned."""
    if expression := package.get("License-Expression"):
        choices = re.split(r"\s+OR\s+", expression.strip("()"))
        terms = [re.split(r"\s+AND\s+", choice) for choice in choices]
        return min(terms, key=lambda choice: not all(map(_is_allowed, choice)))
    classifiers = [name.split(" :: ") for name in package.get_all("Classifier", [])]
    found = [parts[-1] for parts in classifiers if parts[0] == "License"]
    if precise := [name for name in found if name != "OSI Approved"]:
        return precise
    return (package.get("License") or "not stated").strip().splitlines()[:1]


def _is_allowed(licence):
    return any(re.search(pattern, licence, re.I) for pattern in ALLOWED.values())


def normal_name(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(names):
    """Return the metadata of the packages and of what they need in turn; without what
    is not installed: parts that only their own command line needs."""
    found, left = {}, list(names)
    while left:
        name = normal_name(left.pop())
        if name in found:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = package.metadata
        left += _requirements(package)
    return found


def _requirements(package):
    """Return what it needs here, without what only its extras need."""
    found = map(Requirement, package.requires or [])
    return [
        one.name
        for one in found
        if not one.marker or one.marker.evaluate({"extra": ""})
    ]


def refused(packages):
    """Return what is to be said about packages that may not be used.

    :param packages: metadata by name
    """
    return [
        f"{package['Name']}: {', '.join(licences)} is not among {', '.join(ALLOWED)}"
        for package in packages.values()
        if package["Name"] not in REASONED
        if not all(map(_is_allowed, licences := stated_licences(package)))
    ]


def main(*names):
    packages = needed(names)
    missing = [name for name in names if normal_name(name) not in packages]
    problems = refused(packages)
    problems += [f"{name}: not installed, its licence is unknown" for name in missing]
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""A database with all that our addons depend on, to make test databases from."""

import hashlib

from workshop import disk, manifests, paths
from workshop.locks import locked
from workshop.odoo_command import LANGUAGES

PREFIX = "crm_relations_template_"
COMPLETE = "complete"
GIGABYTES = 1


def ensure(place):
    """Return the name of the template database, made if it is not there yet.

    Its name tells Odoo and the dependencies apart, so that a change of them brings a
    new one; the old ones go.
    """
    depends = manifests.outside_dependencies(manifests.addons())
    parts = [place.odoo.home.fingerprint, LANGUAGES, *depends]
    name = PREFIX + hashlib.sha256(" ".join(parts).encode()).hexdigest()[:10]
    with locked(paths.PRIVATE / "template.lock", "making the template database"):
        if place.databases.note(name) != COMPLETE:
            _make(place, name, depends)
    return name


def _make(place, name, depends):
    disk.require(paths.PRIVATE, GIGABYTES, "The template database")
    for old in place.databases.names(PREFIX):
        place.databases.drop(old)
    place.odoo.change(
        f"Install the {len(depends)} addons of Odoo that ours depend on, once",
        name,
        f"--init={','.join(depends)}",
        f"--load-language={LANGUAGES}",
    )
    place.databases.set_note(name, COMPLETE)

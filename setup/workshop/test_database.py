"""The database that the tests run on."""

from workshop import install_log, manifests, template
from workshop.console import Problem

NAME = "crm_relations_test"
BUNDLES = "Make the scripts and styles that browsers load"


def ensure(place, reuse=False):
    """Return a database with our addons, fresh unless an old one may be reused."""
    names = list(manifests.addons())
    state = manifests.fingerprint(names)
    note = place.databases.note(NAME) if reuse else None
    if not note:
        _make(place, names)
    elif note != state:
        _change(place, names, "Update the addons in the test database", "--update")
    place.databases.set_note(NAME, state)
    return NAME


def _make(place, names):
    source = template.ensure(place)
    place.databases.drop(NAME)
    place.databases.copy(source, NAME)
    _change(place, names, "Install the addons in a fresh test database", "--init")
    place.odoo.inside(NAME, "workshop.bundles:make", title=BUNDLES, log="bundles")


def _change(place, names, title, option):
    log = place.odoo.change(title, NAME, f"{option}={','.join(names)}")
    found = install_log.complaints(log.read_text(errors="replace"), names)
    if found:
        # An unmarked database is not reused: the next run begins anew.
        place.databases.set_note(NAME, "")
        shown = "\n".join(found)
        raise Problem(f"Odoo complained of the addons, see {log}:\n{shown}")

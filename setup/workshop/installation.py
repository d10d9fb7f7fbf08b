"""The database that setup/run serves: made once, step by step.

The note of the database tells which steps are done, so that a start after a kill goes
on from there; a database whose installation did not end is made anew.
"""

import json

from workshop import disk, install_log, manifests, paths
from workshop.console import say
from workshop.odoo_command import LANGUAGES

NAME = "crm_relations"
GIGABYTES = 2


class Installation:
    def __init__(self, place):
        self.odoo = place.odoo
        self.databases = place.databases
        self.names = list(manifests.addons())
        self.state = manifests.fingerprint(self.names)

    def ensure(self, with_sample=True):
        """Install, update and fill the database as far as that is not done."""
        note = self._note()
        if not note:
            note = self._install()
        elif note["addons"] != self.state:
            note = self._update(note)
        if with_sample:
            self._fill(note)

    def _note(self):
        return json.loads(self.databases.note(NAME) or "{}")

    def _install(self):
        disk.require(paths.PRIVATE, GIGABYTES, "The database")
        self.databases.drop(NAME)
        log = self.odoo.change(
            "Create the database and install the addons, once",
            NAME,
            f"--init={','.join(self.names)}",
            f"--load-language={LANGUAGES}",
            "--with-demo",
        )
        self._tell_complaints(log)
        return self._keep({"addons": self.state, "sample": 0})

    def _tell_complaints(self, log):
        """Name what Odoo only warns of, such as demo data that it left out."""
        for complaint in install_log.complaints(log.read_text(), self.names):
            say(f"- Odoo warns: {complaint.splitlines()[0]} (all of it: {log})")

    def _update(self, note):
        names = ",".join(self.names)
        self.odoo.change("Update the addons, which changed", NAME, f"--update={names}")
        return self._keep({**note, "addons": self.state})

    def _keep(self, note):
        self.databases.set_note(NAME, json.dumps(note))
        return note

    def _fill(self, note):
        if note["sample"] == "done":
            return
        titles = self.odoo.inside(NAME, "workshop.sample_steps:titles", log="titles")
        for number in range(note["sample"], len(titles)):
            done = number + 1 if number + 1 < len(titles) else "done"
            values = (number, {**note, "sample": done})
            take, log = "workshop.sample_steps:take", f"sample-{number + 1}"
            self.odoo.inside(NAME, take, *values, title=titles[number], log=log)

    def welcome(self, address):
        """Let what the database sends and prints lead to an address of this machine,
        and return role, login and password of each user to try there."""
        function = "workshop.sample_steps:welcome"
        return self.odoo.inside(NAME, function, address, log="welcome")

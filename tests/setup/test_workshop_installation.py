"""A preparation that was killed goes on from where it was."""

import json
import subprocess
import sys

import pytest

from workshop import disk, installation, manifests, paths, postgres, test_database
from workshop.console import Problem
from workshop.install_log import complaints

STEPS = ["Load customers", "Run the night"]
# The start of a line of the log, whose third column is the name of the database.
STAMP = "2026-11-21 18:30:32,746 6617"


class FakeDatabases:
    def __init__(self, note=None):
        self.notes = {} if note is None else {installation.NAME: json.dumps(note)}
        self.done = []

    def note(self, name):
        return self.notes.get(name)

    def set_note(self, name, note):
        self.notes[name] = note

    def drop(self, name):
        self.done.append("drop")
        self.notes.pop(name, None)

    def copy(self, source, target):
        self.done.append("copy")


class FakeOdoo:
    """Does what it is told, and dies before the step named ``dies_at``."""

    def __init__(self, databases, log, dies_at=None):
        self.databases, self.log, self.dies_at = databases, log, dies_at

    def change(self, _title, _name, option, *_options):
        self.databases.done.append(option.split("=")[0])
        return self.log

    def inside(self, name, function, *values, title=None, **_options):
        if function.endswith(":titles"):
            return STEPS
        if title == self.dies_at:
            raise KeyboardInterrupt
        self.databases.done.append(title)
        if values:
            self.databases.set_note(name, json.dumps(values[1]))
        return None


class Place:
    def __init__(self, log, note=None, **options):
        self.databases = FakeDatabases(note)
        self.odoo = FakeOdoo(self.databases, log, **options)

    def done(self):
        """Return what was done since the last time this was asked."""
        done, self.databases.done[:] = self.databases.done[:], []
        return done


@pytest.fixture(autouse=True)
def addons(monkeypatch):
    """Addons named a, whose content can be changed."""
    state = {"content": "1"}
    monkeypatch.setattr(manifests, "addons", lambda: {"a": {}})
    monkeypatch.setattr(manifests, "fingerprint", lambda names: state["content"])
    monkeypatch.setattr(disk, "require", lambda *_: None)
    return state


@pytest.fixture
def clean_log(tmp_path, monkeypatch):
    """The log of an installation without complaints."""
    monkeypatch.setattr(test_database.template, "ensure", lambda place: "template")
    log = tmp_path / "log"
    log.write_text(f"{STAMP} INFO a odoo.modules: fine\n")
    return log


def ensure(place, **options):
    installation.Installation(place).ensure(**options)
    return place.done()


def test_all_steps_are_done_once(clean_log):
    place = Place(clean_log)
    assert ensure(place) == ["drop", "--init", *STEPS]
    assert ensure(place) == []


def test_a_killed_installation_begins_anew(clean_log):
    assert ensure(Place(clean_log, note={})) == ["drop", "--init", *STEPS]


def test_a_killed_sample_goes_on_from_the_last_step(clean_log):
    place = Place(clean_log, dies_at=STEPS[1])
    with pytest.raises(KeyboardInterrupt):
        ensure(place)
    place.done()
    place.odoo.dies_at = None
    assert ensure(place) == [STEPS[1]]


def test_what_odoo_warns_of_is_told(clean_log, capsys):
    clean_log.write_text(f"{STAMP} WARNING d odoo.modules: a has no demo data\n")
    ensure(Place(clean_log))
    assert "Odoo warns" in capsys.readouterr().out


def test_the_sample_can_be_left_out_and_loaded_later(clean_log):
    place = Place(clean_log)
    assert ensure(place, with_sample=False) == ["drop", "--init"]
    assert ensure(place) == STEPS


def test_changed_addons_are_updated_and_the_sample_stays(clean_log, addons):
    place = Place(clean_log)
    ensure(place)
    addons["content"] = "2"
    assert ensure(place) == ["--update"]


def test_each_run_gets_a_fresh_test_database(clean_log):
    place = Place(clean_log)
    for _run in range(2):
        test_database.ensure(place)
        assert place.done() == ["drop", "copy", "--init", test_database.BUNDLES]


def test_a_test_database_in_use_again_is_updated_when_addons_changed(clean_log, addons):
    place = Place(clean_log)
    test_database.ensure(place, reuse=True)
    assert place.done() == ["drop", "copy", "--init", test_database.BUNDLES]
    test_database.ensure(place, reuse=True)
    assert place.done() == []
    addons["content"] = "2"
    test_database.ensure(place, reuse=True)
    assert place.done() == ["--update"]


def test_a_complaint_about_an_addon_stops_the_run(clean_log):
    clean_log.write_text(f"{STAMP} WARNING db odoo.models: a has no access rule\n")
    place = Place(clean_log)
    with pytest.raises(Problem, match="a has no access rule"):
        test_database.ensure(place, reuse=True)
    assert not place.databases.note(test_database.NAME)


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ("ERROR my_addon odoo.http: broken", True),
        ("WARNING other odoo.addons.my_addon.models: late", True),
        ("WARNING other odoo.tools: on\n  File '/p/my_addon/models/a.py'", True),
        ("WARNING my_addon odoo.tools.config: of the database only", False),
        ("WARNING other odoo.models: about my_addon_of_others", False),
        ("INFO other odoo.modules: loading my_addon", False),
    ],
)
def test_errors_and_warnings_of_our_addons_are_complaints(entry, counts):
    assert bool(complaints(f"{STAMP} {entry}\n", ["my_addon"])) is counts


def test_a_lock_held_by_another_process_is_waited_for(tmp_path):
    code = (
        f"import sys, pathlib; sys.path.insert(0, {str(paths.SETUP)!r})\n"
        "from workshop.locks import locked\n"
        f"with locked(pathlib.Path({str(tmp_path / 'lock')!r}), 'testing'):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )

    def hold():
        pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
        return subprocess.Popen([sys.executable, "-c", code], text=True, **pipes)

    with hold() as first:
        assert first.stdout.readline() == "held\n"
        with hold() as second:
            assert "Another process is testing" in second.stdout.readline()
            first.stdin.close()
            assert second.stdout.readline() == "held\n"


def test_what_a_killed_server_left_behind_is_cleared(tmp_path):
    (tmp_path / ".handle_pids.json").write_text("[1, 99999999]")
    (tmp_path / "postmaster.pid").write_text("1\n/data\n")
    postgres._forget_dead_processes(tmp_path)
    assert json.loads((tmp_path / ".handle_pids.json").read_text()) == [1]
    assert not (tmp_path / "postmaster.pid").exists()

"""The private Python environment is complete only when its stamp says so."""

import pytest

from workshop import entry, environment, paths
from workshop.environment import Environment


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    """An environment whose preparation is counted instead of done."""
    (tmp_path / "pins.txt").write_text("six==1.17.0\n")
    monkeypatch.setattr(paths, "REQUIREMENTS", tmp_path)
    monkeypatch.setattr(paths, "private_folder", lambda: tmp_path)
    made = []
    monkeypatch.setattr(Environment, "_create", lambda self: made.append(self.folder))
    monkeypatch.setattr(Environment, "_install", lambda self: None)
    (tmp_path / "venv").mkdir()
    return Environment(tmp_path / "venv", ["pins"]), made


def test_it_is_prepared_once(prepared):
    made_of, made = prepared
    made_of.ensure()
    made_of.ensure()
    assert len(made) == 1


def test_changed_pins_prepare_it_again(prepared):
    made_of, made = prepared
    made_of.ensure()
    made_of.requirements[0].write_text("six==1.16.0\n")
    made_of.ensure()
    assert len(made) == 2


def test_an_interrupted_preparation_is_done_again(prepared, monkeypatch):
    made_of, made = prepared

    def interrupt(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Environment, "_install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            made_of.ensure()
    assert not made_of.is_complete()
    made_of.ensure()
    assert len(made) == 2 and made_of.is_complete()


def test_an_environment_moved_elsewhere_is_not_complete(prepared):
    made_of, _made = prepared
    made_of.ensure()
    moved = made_of.folder.parent / "moved"
    made_of.folder.rename(moved)
    assert not Environment(moved, ["pins"]).is_complete()


def test_all_pins_name_one_version():
    for path in environment.odoo_environment().requirements:
        lines = [line for line in path.read_text().splitlines() if line.strip()]
        assert all("==" in line for line in lines if not line.startswith("#"))


def test_a_python_that_is_not_there_is_not_chosen():
    assert entry.find_supported(["python-that-is-not-there"]) is None


def test_an_unsupported_python_ends_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(entry, "SUPPORTED", ((2, 7),))
    with pytest.raises(SystemExit) as ending:
        entry.start("run")
    message = str(ending.value)
    assert "cannot run Odoo 19" in message and "\n" not in message

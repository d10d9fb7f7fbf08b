"""The private Python environment is complete only when its stamp says so."""

import os
import sys

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


@pytest.mark.parametrize(
    ("prefix", "options", "fast"),
    [
        ("/usr", "'--enable-shared'", True),
        ("/usr/local", "'--enable-optimizations' '--with-lto'", True),
        ("/home/me/.pyenv/versions/3.11.7", "'--enable-shared'", False),
        ("/home/me/.pyenv/versions/3.11.7", None, False),
    ],
)
def test_a_python_built_to_run_fast_is_known(monkeypatch, prefix, options, fast):
    monkeypatch.setattr(entry.sys, "base_prefix", prefix)
    monkeypatch.setattr(entry.sysconfig, "get_config_var", lambda _name: options)
    assert entry.is_fast() is fast


@pytest.fixture
def folder(tmp_path):
    """A folder of Pythons that answer as told, and cannot say more."""

    def make(**answers):
        for name, code in answers.items():
            python = tmp_path / name.replace("_", ".")
            python.write_text(f"#!/bin/sh\nexit {code}\n")
            python.chmod(0o755)
        return str(tmp_path)

    return make


def test_the_first_that_can_make_environments_is_taken(folder):
    found = entry.find_complete(folder(python3_11=1, python3_12=0, python3_13=0))
    assert found.endswith("/python3.12")


def test_for_speed_alone_nothing_need_be_installed(folder):
    assert entry.find_complete(folder(python3_11=1)) is None


@pytest.mark.parametrize(("fast", "better"), [(True, None), (False, "python-fast")])
def test_a_new_one_is_made_by_a_fast_python(monkeypatch, tmp_path, fast, better):
    monkeypatch.setattr(entry, "is_fast", lambda: fast)
    monkeypatch.setattr(entry, "find_complete", lambda: "python-fast")
    assert entry.find_better(tmp_path) == better


def test_an_environment_that_is_there_keeps_its_python(monkeypatch, tmp_path, folder):
    monkeypatch.setattr(entry, "is_fast", lambda: False)
    monkeypatch.setattr(entry, "find_complete", lambda: "python-fast")
    settings = tmp_path / "pyvenv.cfg"
    this = os.path.realpath(sys._base_executable)
    settings.write_text(f"home = /anywhere\nexecutable = {this}\n")
    assert entry.find_better(tmp_path) is None
    maker = folder(maker=0) + "/maker"
    settings.write_text(f"executable = {maker}\n")
    assert entry.find_better(tmp_path) == maker
    settings.write_text("executable = /python-that-is-gone\n")
    assert entry.find_better(tmp_path) == "python-fast"


def test_the_better_python_goes_on(monkeypatch):
    handed = []

    def hand_over(python, _command):
        handed.append(python)
        raise SystemExit

    monkeypatch.setattr(entry, "find_better", lambda _environment: "python-fast")
    monkeypatch.setattr(entry, "_hand_over", hand_over)
    with pytest.raises(SystemExit):
        entry.start("run")
    assert handed == ["python-fast"]


def test_an_unsupported_python_ends_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(entry, "SUPPORTED", ((2, 7),))
    with pytest.raises(SystemExit) as ending:
        entry.start("run")
    message = str(ending.value)
    assert "cannot run Odoo 19" in message and "\n" not in message

"""The files beside a database."""

from workshop import databases


def _fill(folder, name):
    file = folder / name / "c2" / "c293"
    file.parent.mkdir(parents=True)
    file.write_text("bundle")
    return file


def test_a_copy_loses_nothing_when_the_original_deletes(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "FILESTORE", tmp_path)
    original = _fill(tmp_path, "tested")
    databases.copy_files("tested", "tested-gw0")
    original.unlink()
    assert (tmp_path / "tested-gw0" / "c2" / "c293").read_text() == "bundle"


def test_a_copy_begins_with_the_files_of_the_original_only(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "FILESTORE", tmp_path)
    left = _fill(tmp_path, "tested-gw0")
    databases.copy_files("tested", "tested-gw0")
    assert not left.exists()
    databases.drop_files("tested-gw0")
    databases.drop_files("never there")


def test_processes_side_by_side_have_files_of_their_own(tmp_path, monkeypatch):
    """As pytest-odoo calls it."""
    import pytest_odoo  # noqa: PLC0415

    from workshop import own_files  # noqa: PLC0415, it changes pytest-odoo

    monkeypatch.setattr(databases, "FILESTORE", tmp_path)
    _fill(tmp_path, "tested")
    assert pytest_odoo._shared_filestore is own_files.own_files
    with own_files.own_files("tested", "tested-gw0"):
        assert (tmp_path / "tested-gw0" / "c2" / "c293").exists()
    assert not (tmp_path / "tested-gw0").exists()
    with own_files.own_files("tested", "tested"):
        pass
    assert (tmp_path / "tested").exists()

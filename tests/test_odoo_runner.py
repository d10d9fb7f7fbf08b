"""Odoo's own runner sees a test only when the tests' package imports it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(ROOT.glob("crm_relations*/tests/__init__.py"))


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.parts[-3])
def test_every_test_file_is_imported(path):
    imported = set(re.findall(r"^from \. import (test_\w+)$", path.read_text(), re.M))
    assert imported == {file.stem for file in path.parent.glob("test_*.py")}


def test_there_are_packages_to_look_at():
    assert "crm_relations" in [path.parts[-3] for path in PACKAGES]

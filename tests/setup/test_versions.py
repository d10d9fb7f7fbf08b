"""PL-1: what is installed together says which version it is."""

import ast
import re

from workshop import manifests, paths

METAPACKAGE = paths.SETUP / "_metapackage" / "pyproject.toml"


def _read_versions():
    return {
        addon: ast.literal_eval(
            (paths.PROJECT / addon / "__manifest__.py").read_text()
        )["version"]
        for addon in manifests.addons()
    }


def _key(version):
    return tuple(map(int, version.split(".")))


def test_the_metapackage_has_the_version_of_the_newest_addon():
    found = re.search(r'^version = "(.+)"$', METAPACKAGE.read_text(), re.MULTILINE)
    assert found[1] == max(_read_versions().values(), key=_key)


def test_each_package_that_an_addon_needs_has_a_lower_bound():
    found = manifests.python_dependencies(manifests.addons())
    assert [name for name in found if not re.search(r">=\d", name)] == []
    assert len(found) > 2


def test_the_metapackage_brings_each_addon():
    found = re.findall(r'"odoo-addon-(\w+)==19\.0\.\*"', METAPACKAGE.read_text())
    assert sorted(found) == sorted(manifests.addons())

"""The tools that decide on style, and what each is run on."""

import re
from dataclasses import dataclass

from workshop import manifests, paths, source_files

FORMATTED = (".xml", ".js", ".cjs", ".md", ".yaml", ".yml", ".json", ".scss", ".css")
SETTINGS = paths.SETUP / "lint.d"
# What the addons use if it is there.
OPTIONAL = ("pi-heif", "rapidocr", "scipy", "zxing-cpp")


@dataclass
class Linter:
    """A tool: its command, its options to check and to mend, and its files."""

    name: str
    argv: list
    files: list
    checking: tuple = ()
    mending: tuple = ()

    def command(self, fix):
        options = self.mending if fix else self.checking
        return [*map(str, self.argv), *options, *self.files]


def all_of(programs, modules, python):
    """Return the linters.

    :param programs: folder of the Python tools
    :param modules: folder of the npm modules
    :param python: the Python that runs Odoo, whose packages are the dependencies
    """
    tools = [*_ruff(programs), *_odoo(programs), *_node(modules)]
    return [*tools, _licences(python)]


def _ruff(programs):
    configuration = f"--config={SETTINGS / 'ruff.toml'}"
    files = source_files.listed(".py") + ["setup/run"]
    check = [programs / "ruff", "check", "--quiet", configuration]
    check.append("--output-format=concise")
    form = [programs / "ruff", "format", configuration]
    return [
        Linter("ruff check", check, files, mending=("--fix",)),
        Linter("ruff format", form, files, checking=("--check",)),
    ]


def _odoo(programs):
    addons = list(manifests.addons())
    translations = source_files.listed(".po", ".pot")
    pylint = [programs / "pylint", f"--rcfile={SETTINGS / 'pylintrc'}", "--jobs=2"]
    hooks = f"--config={SETTINGS / 'oca_hooks.cfg'}"
    modules = [programs / "oca-checks-odoo-module", hooks]
    readmes = [programs / "python", paths.SETUP / "workshop" / "readmes.py"]
    texts = [programs / "oca-checks-po", hooks]
    return [
        Linter("readme", readmes, addons, ("--check",), ("--write",)),
        Linter("pylint-odoo", pylint, addons),
        Linter("oca-checks-odoo-module", modules, addons, mending=("--fix",)),
        Linter("oca-checks-po", texts, translations),
    ]


def _licences(python):
    requirements = [
        *(paths.REQUIREMENTS / "odoo.txt").read_text().splitlines(),
        *manifests.python_dependencies(manifests.addons()),
        *OPTIONAL,
    ]
    names = [re.match(r"[\w.-]+", line) for line in requirements]
    argv = [python, paths.SETUP / "workshop" / "licences.py"]
    return Linter("licences", argv, sorted({name[0] for name in names if name}))


def _node(modules):
    programs = modules / ".bin"
    prettier = [programs / "prettier", f"--config={SETTINGS / 'prettier.config.cjs'}"]
    eslint = [programs / "eslint", f"--config={SETTINGS / 'eslint.config.cjs'}"]
    scripts = [name for name in source_files.listed(".js") if "/static/" in name]
    texts = source_files.listed(*FORMATTED)
    return [
        Linter("prettier", prettier, texts, ("--check",), ("--write",)),
        Linter("eslint", eslint, scripts, mending=("--fix",)),
    ]

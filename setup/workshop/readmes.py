"""Build README.rst of each addon from its readme/*.md; or check that it is built.

Run by the Python of the lint environment, which has pandoc. Usage: readmes.py --write
or --check, then the folders of the addons.
"""

import ast
import sys
from pathlib import Path

import pypandoc

PARTS = {
    "DESCRIPTION": "",
    "CONTEXT": "Why",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Limits",
    "HISTORY": "Changes",
}


def build(addon):
    """Return the text of README.rst for the folder of an addon."""
    manifest = ast.literal_eval(Path(addon, "__manifest__.py").read_text())
    title = manifest["name"]
    sections = ["=" * len(title), title, "=" * len(title), ""]
    for part, heading in PARTS.items():
        source = Path(addon, "readme", f"{part}.md")
        if source.exists():
            if heading:
                sections += [heading, "=" * len(heading), ""]
            sections += [_convert(source.read_text())]
    return "\n".join(sections).rstrip() + "\n"


def _convert(markdown):
    # A picture is found from the fragment's folder, and from where the whole stands.
    markdown = markdown.replace("](../static/", "](static/")
    options = ["--columns=88", "--shift-heading-level-by=0", "--wrap=auto"]
    return pypandoc.convert_text(markdown, "rst", "gfm", extra_args=options)


def main(mode, *addons):
    stale = []
    for addon in addons:
        target = Path(addon, "README.rst")
        text = build(addon)
        if target.exists() and target.read_text() == text:
            continue
        if mode == "--write":
            target.write_text(text)
        else:
            stale.append(str(target))
    for name in stale:
        print(f"{name} is not what readme/ says: run setup/lint --fix")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

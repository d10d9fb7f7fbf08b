"""Persons out of a vCard file beside the same persons out of a table, by Odoo's own
import of contacts (AR-13). The size is the number of persons, in a tenth as many
companies."""

import io
import time
from base64 import b64encode

from odoo.tools import SQL

FIELDS = ["name", "parent_id", "function", "phone", "email", "street", "city"]


def run(env, size):
    """Return rows of what, seconds, seconds of Odoo's own import, ratio."""
    people = [_tell_person(number) for number in range(size)]
    _warm(env)
    companies = [[f"Company {number}", "1"] for number in range(size // 10)]
    start = time.monotonic()
    _load(env, ["name", "is_company"], companies)
    _load(env, FIELDS, people)
    odoo = time.monotonic() - start
    _forget(env)
    one, read = _read_vcards(env, people)
    start = time.monotonic()
    one.action_import()
    env.flush_all()
    made = time.monotonic() - start
    if one.made_count != size:
        raise RuntimeError(f"{one.made_count} persons instead of {size}")
    start = time.monotonic()
    one.action_undo()
    env.flush_all()
    undone = time.monotonic() - start
    env.cr.rollback()
    whole = read + made
    return [
        (f"{size} persons, read and compared", read, None, None),
        (f"{size} persons, made", made, odoo, made / odoo),
        (f"{size} persons, both", whole, odoo, whole / odoo),
        (f"{size} persons, undone", undone, odoo, undone / odoo),
    ]


def _tell_person(number):
    return [
        f"Person {number}",
        f"Company {number // 10}",
        "Buyer",
        f"+1 555 {number:07}",
        f"person{number}@example.com",
        f"{number} Main Street",
        f"City {number % 500}",
    ]


def _warm(env):
    """Let each do once what it does the first time only."""
    _load(env, FIELDS[:1], [["Somebody"]])
    one, _seconds = _read_vcards(env, [_tell_person(0)])
    one.action_import()
    env.flush_all()
    env.cr.rollback()


def _load(env, names, rows):
    """Import these rows as Odoo's dialog does."""
    table = io.StringIO()
    table.write(",".join(names) + "\n")
    table.writelines(",".join(row) + "\n" for row in rows)
    dialog = env["base_import.import"].create(
        {
            "res_model": "res.partner",
            "file": table.getvalue().encode(),
            "file_type": "text/csv",
            "file_name": "people.csv",
        }
    )
    options = {"has_headers": True, "separator": ",", "quoting": '"'}
    answer = dialog.execute_import(names, names, options)
    if not answer["ids"]:
        raise RuntimeError(str(answer["messages"][:3]))
    env.flush_all()


def _read_vcards(env, people):
    """Return an import of the cards of these people, and the seconds it took."""
    text = "".join(map(_write_card, people))
    start = time.monotonic()
    one = env["crm.contact.import"].create({"file": b64encode(text.encode())})
    one.action_check()
    env.flush_all()
    return one, time.monotonic() - start


def _write_card(person):
    name, company, function, phone, email, street, city = person
    lines = [
        *("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"N:{name};;;;"),
        *(f"ORG:{company}", f"TITLE:{function}", f"TEL:{phone}", f"EMAIL:{email}"),
        *(f"ADR:;;{street};{city};;;", "END:VCARD", ""),
    ]
    return "\r\n".join(lines)


def _forget(env):
    """Leave nothing of what Odoo's import has made, for the other to find."""
    env.cr.rollback()
    env.cr.execute(SQL("ANALYZE res_partner"))

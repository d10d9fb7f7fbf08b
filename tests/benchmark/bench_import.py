"""Persons out of a vCard file beside the same persons out of a table, by Odoo's own
import of contacts (AR-13). The size is the number of persons, in a tenth as many
companies."""

import io
from base64 import b64encode

import stopwatch

from odoo.tools import SQL

FIELDS = ["name", "parent_id", "function", "phone", "email", "street", "city"]


def run(env, size):
    """Return rows of what, seconds, seconds of Odoo's own import, ratio."""
    people = [_tell_person(number) for number in range(size)]
    _warm(env)
    odoo = stopwatch.take(_load_all, env, people)
    _forget(env)
    one, read = stopwatch.watch(_read_vcards, env, people)
    made = stopwatch.take(_act, one, "action_import")
    if one.made_count != size:
        raise RuntimeError(f"{one.made_count} persons instead of {size}")
    undone = stopwatch.take(_act, one, "action_undo")
    env.cr.rollback()
    return [
        stopwatch.row(f"{size} persons, read and compared", read),
        stopwatch.row(f"{size} persons, made", made, odoo),
        stopwatch.row(f"{size} persons, both", read + made, odoo),
        stopwatch.row(f"{size} persons, undone", undone, odoo),
    ]


def _act(one, button):
    getattr(one, button)()
    one.env.flush_all()


def _load_all(env, people):
    companies = [[f"Company {number}", "1"] for number in range(len(people) // 10)]
    _load(env, ["name", "is_company"], companies)
    _load(env, FIELDS, people)


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
    one = _read_vcards(env, [_tell_person(0)])
    _act(one, "action_import")
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
    """Return an import of the cards of these people, read and compared."""
    text = "".join(map(_write_card, people))
    one = env["crm.contact.import"].create({"file": b64encode(text.encode())})
    _act(one, "action_check")
    return one


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

"""Where a value that a pool hides is kept besides its own field."""

from dataclasses import dataclass, replace

from odoo.tools import SQL


@dataclass(frozen=True)
class Copy:
    """Columns of a model that hold a customer's number or address.

    ``partner``: the column that says whose; ``source`` where it takes more than one: a
    SELECT of id and partner_id. ``part`` where a model has several: what is kept is
    kept under it. ``plain``: nothing computes the column from the contact's.
    """

    model: str
    phone: tuple = ()
    email: tuple = ()
    partner: str = "partner_id"
    source: SQL | None = None
    part: str = ""
    plain: bool = False

    @property
    def key(self):
        """The name under which its values are kept."""
        return f"{self.model}:{self.part}" if self.part else self.model

    def restrict(self, fields):
        """Return this without the columns that the database does not have."""
        return replace(
            self,
            phone=tuple(name for name in self.phone if is_column(fields, name)),
            email=tuple(name for name in self.email if is_column(fields, name)),
        )

    @property
    def columns(self):
        return (*self.phone, *self.email)

    @property
    def kinds(self):
        """The two groups of columns, each hidden and shown as a whole."""
        return {"phone": self.phone, "email": self.email}

    def get_source(self, table):
        return self.source or SQL(
            "SELECT id, %s AS partner_id FROM %s",
            SQL.identifier(self.partner),
            SQL.identifier(table),
        )


def is_column(fields, name):
    return name in fields and fields[name].store and bool(fields[name].column_type)

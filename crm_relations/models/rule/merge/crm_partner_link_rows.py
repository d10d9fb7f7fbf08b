from odoo import api, models
from odoo.tools import SQL, ormcache

from ....tools.suite import is_ours


class CrmPartnerLink(models.AbstractModel):
    """Whose row it is: history belongs to the customer, whoever it was made with.

    A row belongs to the customer in ``customer_id`` if it has that column, else to the
    one in the column with which it is deleted. All other columns name persons, whose
    going empties them. Where ``customer_id`` follows from the person, the row is about
    the person itself.
    """

    _inherit = "crm.partner.link"

    @api.model
    @ormcache(cache="stable")
    def _get_customer_columns(self):
        """Return ``{model: column of the customer to whom a row belongs}``, but for
        rows about a person."""
        found = {}
        for name, columns in self._get_partner_columns().items():
            fields = self.env[name]._fields
            owning = [c for c in columns if fields[c].ondelete == "cascade"]
            column = "customer_id" if "customer_id" in columns else "".join(owning[:1])
            if not column or fields[column].related:
                continue
            # A row that outlives its customer belongs to nobody.
            if fields[column].ondelete != "set null":
                found[name] = column
        return found

    @api.model
    @ormcache(cache="stable")
    def _get_person_columns(self):
        """Return ``[(model, column)]`` of those that are emptied when whom they name
        goes: of the suite's tables and of its columns of the customer."""
        found = [
            (name, column)
            for name, columns in self._get_partner_columns().items()
            for column in columns
            if self.env[name]._fields[column].ondelete == "set null"
        ]
        return found + [
            ("res.partner", field.name)
            for field in self.env["res.partner"]._fields.values()
            if field.type == "many2one"
            and field.store
            and field.comodel_name == "res.partner"
            and is_ours(field)
        ]

    @api.model
    def _find_rows_of_persons(self, partner_ids):
        """Return ``{(model, column): ids of rows}`` that name one of these; one
        statement."""
        parts = [
            SQL(
                "SELECT %s, %s, id FROM %s WHERE %s = ANY(%s)",
                model,
                column,
                SQL.identifier(self.env[model]._table),
                SQL.identifier(column),
                list(partner_ids),
            )
            for model, column in self._get_person_columns()
        ]
        found = {}
        self.env.flush_all()
        for model, column, number in self.env.execute_query(
            SQL(" UNION ALL ").join(parts)
        ):
            found.setdefault((model, column), []).append(number)
        return found

    @api.model
    @ormcache(cache="stable")
    def _get_columns_of_leads(self):
        """Return ``[(table, column)]`` of the columns that name an opportunity."""
        return [
            (self.env[name]._table, field.name)
            for name in self._get_partner_columns()
            for field in self.env[name]._fields.values()
            if field.comodel_name == "crm.lead" and field.store
            if field.type == "many2one"
        ]

    @api.model
    def _find_columns_of_leads(self, lead_ids):
        """Return those of these columns that name one of these; one statement."""
        asked = [
            SQL(
                "SELECT %s, %s WHERE EXISTS (SELECT FROM %s WHERE %s = ANY(%s))",
                table,
                column,
                SQL.identifier(table),
                SQL.identifier(column),
                lead_ids,
            )
            for table, column in self._get_columns_of_leads()
        ]
        self.env.flush_all()
        return self.env.execute_query(SQL(" UNION ALL ").join(asked))

    @api.model
    def _get_moving_columns(self):
        """Return ``{model: column of the customer}`` of the rows that follow a customer
        which becomes a contact of another. What was decided about it, and what others
        were granted on it, stays as its closed history."""
        stays = self.env["res.partner"]._get_models_of_closed_history()
        ledger = self.env.registry["crm.decision.mixin"]
        return {
            name: column
            for name, column in self._get_customer_columns().items()
            if name not in stays and not isinstance(self.env[name], ledger)
        }

    @api.model
    def _move_rows(self, customer_by_id):
        """Let rows of customers that have become contacts belong to their new customer;
        what named nobody names the contact.

        :param customer_by_id: ``{id of the contact: id of its customer}``
        """
        moves = SQL(", ").join(
            SQL("(%s, %s)", *pair) for pair in customer_by_id.items()
        )
        self.env.flush_all()
        for name, column in self._get_moving_columns().items():
            person = SQL()
            if "person_id" in self._get_partner_columns()[name]:
                person = SQL(", person_id = COALESCE(person_id, move.contact)")
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(table)s SET %(column)s = move.customer %(person)s
                      FROM (VALUES %(moves)s) AS move (contact, customer)
                     WHERE %(table)s.%(column)s = move.contact
                    """,
                    table=SQL.identifier(self.env[name]._table),
                    column=SQL.identifier(column),
                    person=person,
                    moves=moves,
                )
            )
        self.env.invalidate_all()

    @api.model
    def _take_rows_back(self, joined):
        """Let rows that name these contacts, and are older than their joining the
        customer, belong to them again. A moment is told in whole seconds.

        :param joined: ``{contact id: (customer id, moment)}``
        :return: whether there were any
        """
        if not joined:
            return False
        values = SQL(", ").join(
            SQL("(%s, %s, %s)", contact, *rest) for contact, rest in joined.items()
        )
        found = False
        for name, column in self._get_moving_columns().items():
            others = self._get_naming_columns(name)
            if not others or not self.env[name]._log_access:
                continue
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(table)s SET %(column)s = own.contact
                      FROM (VALUES %(values)s) AS own (contact, customer, moment)
                     WHERE %(table)s.%(column)s = own.customer
                       AND %(table)s.%(other)s = own.contact
                       AND date_trunc('second', %(table)s.create_date)
                           <= own.moment::timestamp
                    """,
                    table=SQL.identifier(self.env[name]._table),
                    column=SQL.identifier(column),
                    other=SQL.identifier(others[0]),
                    values=values,
                )
            )
            found = found or bool(self.env.cr.rowcount)
        return found

    @api.model
    def _get_naming_columns(self, name):
        """Return the columns in which rows of this model name the contact beside its
        customer."""
        return [
            column
            for column in ("partner_id", "person_id")
            if column in self._get_partner_columns()[name]
            and (name, column) in self._get_person_columns()
        ]

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, mute_logger

# What hangs on a contact by its model and id, not by a foreign key.
LOOSE = (("mail_message", "model"), ("mail_activity", "res_model"))
# That an import has made them is no work with them.
OWN = {"crm_contact_import_line"}
# What rules decide of each customer, in the night.
DECISIONS = ("crm_tier_change", "crm_lifecycle_change", "crm_relationship_change")


class ResPartner(models.Model):
    """Contacts that an import has made go again while nobody has worked with them."""

    _inherit = "res.partner"

    def _delete_imported(self):
        """Delete those whom nobody has worked with since they were made; return those
        who stay."""
        # Superuser: who has made them by an import takes it back, whatever else he may
        # delete; the lines of the import say whom, and these nobody writes.
        here = self.sudo().exists()
        kept = here & here.browse(here._get_worked_with())
        going = here - kept
        return kept | going._delete_some()

    def _delete_some(self):
        if not self:
            return self
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.unlink()
        except (UserError, AccessError, IntegrityError):
            if len(self) == 1:
                return self
            half = len(self) // 2
            return self[:half]._delete_some() | self[half:]._delete_some()
        return self.browse()

    def _get_worked_with(self):
        """Return the ids of those who were changed, or whom something points to, since
        they were made: in a transaction other than that of the import, whose moment is
        that of all it has made. The statements do not grow with the contacts."""
        if not self:
            return set()
        self.env.flush_all()
        [(made_at,)] = self.env.execute_query(
            SQL("SELECT max(create_date) FROM res_partner WHERE id IN %s", self._ids)
        )
        changed = SQL(
            "SELECT id FROM res_partner WHERE id IN %s"
            " AND NOT (create_date = %s AND write_date = %s)",
            *(self._ids, made_at, made_at),
        )
        pointing = [
            changed,
            *self._get_loose_sql(made_at),
            *self._get_link_sql(made_at),
        ]
        rows = self.env.execute_query(SQL(" UNION ").join(pointing))
        return {number for (number,) in rows}

    def _get_loose_sql(self, made_at):
        return [
            SQL(
                "SELECT res_id FROM %s WHERE %s = %s AND res_id IN %s"
                " AND NOT create_date = %s",
                SQL.identifier(table),
                SQL.identifier(column),
                self._name,
                self._ids,
                made_at,
            )
            for table, column in LOOSE
        ]

    def _get_link_sql(self, made_at):
        """Return a SELECT for each column that points to one of these, of tables that
        tell when their rows were made."""
        # Superuser: what hangs on them, whoever may see it.
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        dated = {model._table for model in self.env.values() if model._log_access}
        links = wizard._get_fk_on(self._table)
        links = wizard._get_links_in_use(
            [link for link in links if link[0] in dated - OWN], self.ids
        )
        people = self._get_signs_of_people()
        return [
            SQL(
                "SELECT %(column)s FROM %(table)s WHERE %(column)s IN %(ids)s"
                " AND NOT create_date = %(made_at)s AND %(by_people)s",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                ids=self._ids,
                made_at=made_at,
                by_people=people.get(table, SQL("TRUE")),
            )
            for table, column in links
        ]

    @api.model
    def _get_signs_of_people(self):
        """Hook: return ``{table: SQL}``: of rows that a night writes of each customer,
        the condition that people had a part in them."""
        return dict.fromkeys(DECISIONS, SQL("FALSE"))

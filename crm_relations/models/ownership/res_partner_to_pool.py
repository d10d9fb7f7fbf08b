from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """The one way out of an owner's hands into a pool, by statements."""

    _inherit = "res.partner"

    @api.model
    def _release_customers(self, due, batch, kind="release", noted=()):
        """Move these customers into pools; a fixed number of statements.

        Their contacts and followers go along; open activities and steps of plans are
        closed or left to the manager of the pool, shares end. Rows that somebody is
        changing at this moment are left out. Rights are the caller's business.

        :param due: SELECT of id, user_id, pool_id, company_id and facts (the JSON of
            the ledger, its ``code`` included), on ``res_partner AS partner`` so that
            its rows can be locked; each of them has an owner
        :param batch: the ``crm.pool.batch`` that can undo it
        :param kind: as in the ledger of ownership
        :param noted: names of more columns of ``due`` that the ledger keeps
        :return: the customers released
        """
        self.env.flush_all()
        turns = SQL(
            """
            SELECT id, company_id, user_id AS from_user_id, NULL::int AS to_user_id,
                   NULL::int AS from_pool_id, pool_id AS to_pool_id, facts %(noted)s
              FROM (%(due)s FOR NO KEY UPDATE OF partner SKIP LOCKED) AS due
            """,
            due=due,
            noted=SQL("").join(SQL(", %s", SQL.identifier(name)) for name in noted),
        )
        rows = batch._turn(
            kind,
            turns,
            noted,
            before=self._get_before_release_sql(),
            written=batch._get_written_sql(self._get_release_values_sql("partner")),
            contacts=batch._get_contacts_sql(self._get_release_values_sql("contact")),
        )
        self.env.invalidate_all()
        batch._close_open_work([change for _customer, change, _company in rows])
        released = self.browse(customer for customer, *_rest in rows)
        released._owner_changed(kind)
        return released

    @api.model
    def _get_before_release_sql(self):
        """Hook: return common table expressions, each with a comma behind it, that read
        customers and contacts as they stand before they are released; ``turn`` tells
        whose turn it is, see ``crm.pool.batch``."""
        return SQL()

    @api.model
    def _get_release_values_sql(self, alias):
        """Hook: return what else is written on a released customer, or on a contact
        that goes along, each with a comma in front: whoever writes a row again writes
        all of its indexes again."""
        return SQL()

    def _owners_written(self):
        """Hook: owner and clock of these customers were written by SQL, so that Odoo
        has computed nothing from them."""

    @api.model
    def _get_columns_of_owned(self):
        """Hook: return the columns that hold something as long as a customer has an
        owner: they are emptied by the statement that takes it."""
        return []

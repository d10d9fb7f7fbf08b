from odoo import api, models
from odoo.tools import SQL, split_every

from ...tools.batches import BATCH


class CrmHiddenValue(models.Model):
    """Move values out of sight and back: by statements, in the transaction of whatever
    puts a customer into a pool or takes it out."""

    _inherit = "crm.hidden.value"

    @api.model
    def _settle(self, customer_ids, logins=True):
        """Hide what the pools of these customers hide now, show what none of them hides
        any more. A second call does nothing; the number of statements depends on
        how many thousands there are.

        :param logins: whether one of them may have got a login since
        """
        for ids in split_every(BATCH, sorted(set(customer_ids))):
            # What is computed from a number must be there when it goes.
            self.env.flush_all()
            due = self._get_models_due(ids, logins)
            for copy in self._get_copies():
                if copy.key in due:
                    self._show(copy, ids)
            self._hide_filled(ids)

    @api.model
    def _hide_filled(self, customer_ids):
        """Hide what the pools of these customers hide and still stands there."""
        for copy, customers in self._get_filled(customer_ids):
            self._hide(copy, customers)

    @api.model
    def _get_models_due(self, customer_ids, logins):
        """Return the models of which something is hidden with these customers that no
        pool hides any more.

        Most pools hide all or nothing: then nothing of a customer need be read, but
        the addresses of those who may have got a login. Customers are looked up, as
        below.
        """
        wanted = self._get_wanted_sql(
            SQL("kept.partner_id"), SQL("kept.customer_id"), SQL("seen")
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH seen AS MATERIALIZED (
                     SELECT given.id, pool.hides_phone, pool.hides_email,
                            pool.hides_contacts
                       FROM unnest(%(ids)s::int[]) AS given (id)
               LEFT JOIN LATERAL (
                            SELECT pool_id FROM res_partner
                             WHERE id = given.id LIMIT 1) AS customer ON TRUE
                  LEFT JOIN crm_pool AS pool ON pool.id = customer.pool_id
                      WHERE (pool.hides_phone AND pool.hides_email
                             AND pool.hides_contacts) IS NOT TRUE)
                SELECT kept.model
                  FROM seen
            CROSS JOIN LATERAL (
                       SELECT * FROM crm_hidden_value
                        WHERE customer_id = seen.id OFFSET 0) AS kept
                 WHERE kept.phones IS NOT NULL AND NOT %(phone)s
                    OR kept.emails IS NOT NULL AND NOT %(email)s
                 %(logged_in)s
                """,
                phone=wanted["phone"],
                email=wanted["email"],
                logged_in=self._get_logged_in_sql(customer_ids) if logins else SQL(),
                ids=list(customer_ids),
            )
        )
        return {model for (model,) in rows}

    @api.model
    def _get_logged_in_sql(self, customer_ids):
        """Return a UNION of the models in which an address of who logs in is hidden."""
        return SQL(
            """
             UNION
            SELECT kept.model
              FROM unnest(%(ids)s::int[]) AS given (id)
        CROSS JOIN LATERAL (
                   SELECT model, partner_id FROM crm_hidden_value
                    WHERE customer_id = given.id AND emails IS NOT NULL
                   OFFSET 0) AS kept
             WHERE %(login)s
            """,
            login=self._get_login_sql(SQL("kept.partner_id")),
            ids=list(customer_ids),
        )

    @api.model
    def _get_filled(self, customer_ids):
        """Return pairs of a copy in which something stands that a pool hides, and the
        ids of the customers of whom it does.

        All of them: of what merely exists the planner hopes to meet one at once, and
        where there is none it has compared each contact with each record. Of customers
        and contacts themselves it is told where they are looked up anyway.
        """
        own, *others = copies = self._get_copies_in_use()
        sources = [SQL("hidden WHERE stands")]
        sources += [self._get_filled_from_sql(copy) for copy in others]
        [row] = self.env.execute_query(
            SQL(
                "WITH hidden AS MATERIALIZED (%s) SELECT %s",
                self._get_family_sql(customer_ids, own),
                SQL(", ").join(
                    SQL("ARRAY(SELECT DISTINCT hidden.customer_id FROM %s)", source)
                    for source in sources
                ),
            )
        )
        found = zip(copies, row, strict=True)
        return [(copy, customers) for copy, customers in found if customers]

    @api.model
    def _get_copies_in_use(self):
        """Return the copies in tables that hold anything: to plan for a dozen empty
        ones takes longer than to ask of all."""
        copies = self._get_copies()
        tables = {copy.model: self.env[copy.model]._table for copy in copies}
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s",
                SQL(", ").join(
                    SQL("EXISTS (SELECT FROM %s)", SQL.identifier(table))
                    for table in tables.values()
                ),
            )
        )
        used = {model for model, holds in zip(tables, row, strict=True) if holds}
        return [copy for copy in copies if copy.model in used]

    @api.model
    def _get_family_sql(self, customer_ids, own=None):
        """Return a SELECT of these customers and their contacts, and of what a pool
        hides of them. Each customer is looked up: with the pools as the way to them,
        all that is in a pool was read for a batch of it. What few pools have hidden so
        far must not tell the planner how many there will be: hoping for one, it has
        read what is tracked anew for each.

        :param own: the copy of contacts themselves, to have as well whether it stands
            there
        """
        wanted = self._get_wanted_sql(
            SQL("partner.id"), SQL("customer.id"), SQL("pool")
        )
        stands = self._get_filled_sql(own, "partner", wanted) if own else SQL("NULL")
        return SQL(
            """
            SELECT partner.id AS partner_id, customer.id AS customer_id,
                   %(phone)s AS phone, %(email)s AS email, %(stands)s AS stands
              FROM unnest(%(customers)s::int[]) AS given (id)
        CROSS JOIN LATERAL (
                   SELECT id, pool_id FROM res_partner
                    WHERE id = given.id LIMIT 1) AS customer
        CROSS JOIN LATERAL (
                   SELECT hides_phone, hides_email, hides_contacts FROM crm_pool
                    WHERE id = customer.pool_id LIMIT 1) AS pool
              JOIN res_partner AS partner ON partner.commercial_partner_id = customer.id
             WHERE COALESCE(pool.hides_phone, FALSE)
                OR COALESCE(pool.hides_email, FALSE)
            """,
            **wanted,
            stands=stands,
            customers=list(customer_ids),
        )

    @api.model
    def _get_wanted_sql(self, partner, customer, pool):
        """Return the conditions, by kind, that a pool hides this of a partner."""
        near = SQL("(%s = %s OR %s.hides_contacts)", partner, customer, pool)
        return {
            "phone": SQL("(%s.hides_phone AND %s) IS TRUE", pool, near),
            "email": SQL(
                "(%s.hides_email AND %s AND NOT %s) IS TRUE",
                pool,
                near,
                self._get_login_sql(partner),
            ),
        }

    @api.model
    def _get_login_sql(self, partner):
        """Return the condition that a partner logs in, and keeps the address: it is the
        login as well, also where it is archived."""
        return SQL(
            "EXISTS (SELECT FROM res_users AS login"
            " WHERE login.partner_id = %s"
            " AND (login.active OR position('@' IN login.login) > 0))",
            partner,
        )

    @api.model
    def _hide(self, copy, customer_ids, ids=None):
        """Empty these columns of whom a pool hides, and keep what they held.

        A row is emptied where its values have been kept, in one statement: killed
        anywhere, it has happened or it has not.

        :param ids: of records of the model; None: all of these customers
        :return: ids of the records
        """
        model = self.env[copy.model]
        rows = self.env.execute_query(
            SQL(
                """
                WITH %(keep)s
                UPDATE %(table)s AS record
                   SET %(set)s
                  FROM found
                  JOIN kept ON kept.res_id = found.id
                 WHERE record.id = found.id
             RETURNING record.id
                """,
                keep=self._get_keeping_sql(
                    copy,
                    self._get_family_sql(customer_ids),
                    SQL("TRUE") if ids is None else SQL("record.id = ANY(%s)", ids),
                    SQL("FOR NO KEY UPDATE OF record"),
                ),
                table=SQL.identifier(model._table),
                set=self._get_emptying_sql(copy),
            )
        )
        return self._moved(copy, rows)

    @api.model
    def _hide_records(self, records, customers):
        """Hide what these records have just got of these customers."""
        if not customers:
            return
        self.env.flush_all()
        for copy in self._get_copies():
            if copy.model == records._name:
                self._hide(copy, customers.ids, records.ids)

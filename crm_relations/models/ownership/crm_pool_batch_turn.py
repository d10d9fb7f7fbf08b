from odoo import fields, models
from odoo.tools import SQL


class CrmPoolBatch(models.Model):
    """The one statement by which customers change hands.

    ``turn`` tells whose turn it is: id, company_id, from_user_id, to_user_id,
    from_pool_id, to_pool_id and facts (the JSON of the ledger, its ``code`` included),
    a row a customer, locked. Owner, clock, contacts, followers and the line in the
    ledger follow from it, whoever asks: to claim, give, release, place and undo are to
    say who turns.
    """

    _inherit = "crm.pool.batch"

    def _turn(self, kind, turns, noted=(), before=None, **parts):
        """Let these customers change hands; one statement.

        :param kind: as in the ledger of ownership
        :param turns: SELECT of ``turn``
        :param noted: names of more columns of ``turn`` that the ledger keeps
        :param before: SQL of what reads customers as they stand, a comma behind each
        :param parts: ``{name: SQL}`` of statements on ``turn``, besides those here or
            instead of the one of that name
        :return: ``[(customer id, id of its line, id of its own company)]``
        """
        parts = {
            "written": self._get_written_sql(),
            "contacts": self._get_contacts_sql(),
            "unfollowed": self._get_unfollowed_sql(),
            **parts,
        }
        return self.env.execute_query(
            SQL(
                "WITH turn AS MATERIALIZED (%(turns)s),"
                " %(before)s %(parts)s %(ledger)s",
                turns=turns,
                before=before or SQL(),
                parts=SQL(", ").join(
                    SQL("%s AS (%s)", SQL.identifier(name), part)
                    for name, part in parts.items()
                ),
                ledger=self._get_ledger_sql(kind, noted),
            )
        )

    def _get_written_sql(self, values=None, pool_since=None):
        """Return the UPDATE of the customers: an owner's clock starts, who has none is
        in the pool as of now.

        :param values: SQL of what else is written, a comma in front
        :param pool_since: SQL of another moment
        """
        emptied = self.env["res.partner"]._get_columns_of_owned()
        return SQL(
            """
            UPDATE res_partner AS partner
               SET user_id = turn.to_user_id,
                   owner_since = CASE WHEN turn.to_user_id IS NOT NULL
                                      THEN %(now)s END,
                   pool_id = turn.to_pool_id,
                   pool_since = CASE WHEN turn.to_pool_id IS NOT NULL
                                     THEN %(pool_since)s END,
                   write_uid = %(uid)s, write_date = %(now)s %(emptied)s
                   %(values)s
              FROM turn
             WHERE partner.id = turn.id
            """,
            now=fields.Datetime.now(),
            pool_since=pool_since or SQL("%s", fields.Datetime.now()),
            uid=self.env.uid,
            values=values or SQL(),
            emptied=SQL("").join(
                SQL(
                    ", %s = CASE WHEN turn.to_user_id IS NOT NULL THEN partner.%s END",
                    SQL.identifier(name),
                    SQL.identifier(name),
                )
                for name in emptied
            ),
        )

    def _get_contacts_sql(self, values=None):
        """Return the UPDATE of the contacts: those that the former owner looked after
        follow their customer.

        :param values: SQL of what else is written, a comma in front
        """
        return SQL(
            """
            UPDATE res_partner AS contact
               SET user_id = turn.to_user_id %s
              FROM turn
             WHERE turn.from_user_id IS DISTINCT FROM turn.to_user_id
               AND contact.commercial_partner_id = turn.id AND contact.id <> turn.id
               AND contact.user_id IS NOT DISTINCT FROM turn.from_user_id
         RETURNING contact.id, turn.id AS customer_id
            """,
            values or SQL(),
        )

    def _get_unfollowed_sql(self):
        """Return the DELETE of the former owners from the followers of customers, and
        of their contacts, that nobody owns from now on. Where there is an heir, see
        ``_pass_on_followers``."""
        return SQL(
            """
            DELETE FROM mail_followers AS follower
             USING turn, res_users AS former, res_partner AS contact
             WHERE turn.to_user_id IS NULL AND former.id = turn.from_user_id
               AND contact.commercial_partner_id = turn.id
               AND follower.res_model = 'res.partner'
               AND follower.res_id = contact.id
               AND follower.partner_id = former.partner_id
         RETURNING follower.res_id AS id, turn.id AS customer_id
            """
        )

    def _get_ledger_sql(self, kind, noted=()):
        """Return the INSERT of a line a customer."""
        return SQL(
            """
            INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                   from_user_id, to_user_id, from_pool_id, to_pool_id, batch_id,
                   operator_id, contact_ids_moved, contact_ids_unfollowed, was_follower,
                   facts, decided_at, create_uid, create_date %(names)s)
            SELECT turn.id, turn.company_id, %(kind)s, turn.from_user_id,
                   turn.to_user_id, turn.from_pool_id, turn.to_pool_id, %(batch)s,
                   %(uid)s, moved.ids, quiet.ids, %(followed)s, turn.facts, %(now)s,
                   %(uid)s, %(now)s %(values)s
              FROM turn
         LEFT JOIN (SELECT customer_id, jsonb_agg(id) AS ids
                      FROM contacts
                  GROUP BY customer_id) AS moved ON moved.customer_id = turn.id
         LEFT JOIN (SELECT customer_id, jsonb_agg(id) AS ids
                      FROM unfollowed
                     WHERE id <> customer_id
                  GROUP BY customer_id) AS quiet ON quiet.customer_id = turn.id
          ORDER BY turn.id
         RETURNING partner_id, id, company_id
            """,
            kind=kind,
            batch=self.id,
            uid=self.env.uid,
            now=fields.Datetime.now(),
            followed=self._get_followed_by_former_sql(),
            names=SQL("").join(SQL(", %s", SQL.identifier(name)) for name in noted),
            values=SQL("").join(
                SQL(", %s", SQL.identifier("turn", name)) for name in noted
            ),
        )

    def _get_followed_by_former_sql(self):
        """Return the condition that the former owner followed the customer until now:
        what the statement itself changes it does not see."""
        return SQL(
            """
            EXISTS (SELECT FROM mail_followers AS follower
                      JOIN res_users AS former
                        ON former.partner_id = follower.partner_id
                     WHERE follower.res_model = 'res.partner'
                       AND follower.res_id = turn.id
                       AND former.id = turn.from_user_id)
            """
        )

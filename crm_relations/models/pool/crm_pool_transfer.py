from odoo import api, fields, models
from odoo.tools import SQL, split_every

BATCH = 1000
EVERYTHING = frozenset(("take_opportunities", "take_quotations", "take_activities"))


class CrmPoolBatch(models.Model):
    """Customers given from one salesperson to another: a fixed number of statements
    for each thousand of them.

    By SQL, since Odoo's own write takes milliseconds a customer and mails each one.
    """

    _inherit = "crm.pool.batch"

    def _transfer(self, owners, formers, choices=EVERYTHING):
        """Give customers to others and take along what hangs on them.

        Rights and refusals are the caller's business.

        :param owners: ``{customer id: id of the new owner}``
        :param formers: ``{customer id: id of the owner at the caller's reading}``
        :param choices: what moves along, ticks of the wizard
        :return: ids of the customers that moved; the others are being changed by
            somebody at this moment
        """
        self.ensure_one()
        self.env.flush_all()
        given = []
        for ids in split_every(BATCH, owners):
            changes = self._give_customers(ids, owners, formers)
            if changes:
                self._give_items(list(changes.values()), choices)
                self._pass_on_followers(list(changes.values()))
            self.env.invalidate_all()
            partners = self.env["res.partner"].browse(changes)
            partners._owner_changed("transfer")
            partners._refresh_release_dates(partners.ids)
            if changes and self.share_until:
                self._keep_shares(list(changes.values()))
            given += partners.ids
        return given

    def _give_customers(self, ids, owners, formers):
        """Write owner, clock, contacts and ledger by one statement.

        :return: ``{customer id: id of its line in the ledger}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH taken AS MATERIALIZED (
                     SELECT partner.id, partner.user_id, partner.pool_id, given.owner,
                            COALESCE(partner.company_id, partner.relation_company_id)
                            AS company_id,
                            EXISTS (SELECT FROM mail_followers AS follower
                                      JOIN res_users AS former
                                        ON former.partner_id = follower.partner_id
                                     WHERE follower.res_model = 'res.partner'
                                       AND follower.res_id = partner.id
                                       AND former.id = partner.user_id) AS followed
                       FROM unnest(%(ids)s::int[], %(owners)s::int[],
                                   %(formers)s::int[]) AS given (id, owner, former)
                       JOIN res_partner AS partner ON partner.id = given.id
                      WHERE COALESCE(partner.user_id, 0) = given.former
                        AND partner.is_managed_customer
                        FOR NO KEY UPDATE OF partner SKIP LOCKED),
                     written AS (
                     UPDATE res_partner AS partner
                        SET user_id = taken.owner, owner_since = %(now)s,
                            pool_id = NULL, pool_since = NULL,
                            write_uid = %(uid)s, write_date = %(now)s
                       FROM taken
                      WHERE partner.id = taken.id),
                     contacts AS (
                     UPDATE res_partner AS contact
                        SET user_id = taken.owner
                       FROM taken
                      WHERE contact.commercial_partner_id = taken.id
                        AND contact.id <> taken.id
                        AND contact.user_id IS NOT DISTINCT FROM taken.user_id
                  RETURNING contact.id, taken.id AS customer_id)
                INSERT INTO crm_ownership_change (partner_id, company_id, kind,
                       from_user_id, to_user_id, from_pool_id, batch_id, operator_id,
                       contact_ids_moved, was_follower, facts, decided_at,
                       create_uid, create_date)
                SELECT taken.id, taken.company_id, 'transfer', taken.user_id,
                       taken.owner, taken.pool_id, %(batch)s, %(uid)s, moved.ids,
                       taken.followed, jsonb_build_object('code', 'owner_transfer',
                       'user', taken.owner, 'note', %(note)s::text), %(now)s,
                       %(uid)s, %(now)s
                  FROM taken
             LEFT JOIN (SELECT customer_id, jsonb_agg(id) AS ids
                          FROM contacts
                      GROUP BY customer_id) AS moved ON moved.customer_id = taken.id
             RETURNING partner_id, id
                """,
                ids=list(ids),
                owners=[owners[number] for number in ids],
                formers=[formers[number] or 0 for number in ids],
                now=fields.Datetime.now(),
                uid=self.env.uid,
                batch=self.id,
                note=self.note or "",
            )
        )
        return dict(rows)

    def _give_items(self, change_ids, choices):
        """Note what moves along, then move it: a statement a kind of item.

        What belongs to a company that the new owner may not enter stays.
        """
        customers = SQL(
            "SELECT partner_id AS id, from_user_id AS owner_id, id AS change_id,"
            " to_user_id FROM crm_ownership_change WHERE id = ANY(%s)",
            change_ids,
        )
        items = self.env["res.partner"]._get_handover_sql(customers, choices)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_handover_item (change_id, batch_id, partner_id,
                       company_id, kind, res_model, res_id, name, from_user_id,
                       to_user_id, from_team_id, was_follower, state, create_uid,
                       create_date)
                SELECT change.id, change.batch_id, change.partner_id,
                       COALESCE(item.company_id, change.company_id), item.kind,
                       item.res_model, item.res_id, item.name, item.from_user_id,
                       change.to_user_id, item.team_id,
                       EXISTS (SELECT FROM mail_followers AS follower
                                 JOIN res_users AS former
                                   ON former.partner_id = follower.partner_id
                                WHERE follower.res_model = item.res_model
                                  AND follower.res_id = item.res_id
                                  AND former.id = item.from_user_id),
                       'moved', %(uid)s, %(now)s
                  FROM (%(items)s) AS item
                  JOIN crm_ownership_change AS change
                    ON change.id = ANY(%(changes)s)
                   AND change.partner_id = item.customer_id
                 WHERE item.company_id IS NULL
                    OR EXISTS (SELECT FROM res_company_users_rel AS allowed
                                WHERE allowed.user_id = change.to_user_id
                                  AND allowed.cid = item.company_id)
             RETURNING id
                """,
                items=items,
                changes=change_ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        for item in self.env["res.partner"]._get_handover_items():
            self._write_items(item, change_ids)

    def _write_items(self, item, change_ids):
        """Give the noted records of one kind to the new owners; their stage stays."""
        model = self.env[item["model"]]
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE %(table)s AS item
                   SET user_id = noted.to_user_id, write_uid = %(uid)s,
                       write_date = %(now)s %(team)s
                  FROM crm_handover_item AS noted
                 WHERE noted.change_id = ANY(%(changes)s) AND noted.kind = %(kind)s
                   AND item.id = noted.res_id
             RETURNING item.id
                """,
                table=SQL.identifier(model._table),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                team=self._get_team_sql() if item["team"] else SQL(),
                changes=change_ids,
                kind=item["kind"],
            )
        )
        self.env["res.partner"]._items_given(
            item["model"], [number for (number,) in rows]
        )

    @api.model
    def _get_team_sql(self):
        """As Odoo decides the team when the salesperson changes: the team stays where
        the new owner belongs to it, else it becomes his first one."""
        mine = SQL(
            """
            SELECT team.id
              FROM crm_team AS team
         LEFT JOIN crm_team_member AS member ON member.crm_team_id = team.id
                   AND member.active AND member.user_id = noted.to_user_id
             WHERE team.active
               AND (member.id IS NOT NULL OR team.user_id = noted.to_user_id)
               AND (team.company_id IS NULL OR team.company_id = item.company_id)
            """
        )
        return SQL(
            """
            , team_id = CASE WHEN item.team_id IN (%(mine)s) THEN item.team_id
                        ELSE COALESCE((%(mine)s ORDER BY team.sequence, team.id LIMIT 1),
                                      item.team_id) END
            """,
            mine=mine,
        )

    def _pass_on_followers(self, change_ids, back=False):
        """Let the new owner follow, by the same subtypes, what the former followed.

        :param back: the other way round, for an undo
        """
        self.env.execute_query(
            SQL(
                """
                WITH thing AS MATERIALIZED (
                     SELECT 'res.partner' AS model, partner_id AS id,
                            from_user_id AS former, to_user_id AS heir
                       FROM crm_ownership_change
                      WHERE id = ANY(%(changes)s) AND was_follower
                  UNION ALL
                     SELECT res_model, res_id, from_user_id, to_user_id
                       FROM crm_handover_item
                      WHERE change_id = ANY(%(changes)s) AND was_follower
                        AND (NOT %(back)s OR state = 'restored')),
                     followed AS MATERIALIZED (
                     SELECT follower.id, thing.model, thing.id AS res_id,
                            heir.partner_id AS heir
                       FROM thing
                       JOIN res_users AS former ON former.id = CASE WHEN %(back)s
                            THEN thing.heir ELSE thing.former END
                       JOIN res_users AS heir ON heir.id = CASE WHEN %(back)s
                            THEN thing.former ELSE thing.heir END
                       JOIN mail_followers AS follower
                         ON follower.res_model = thing.model
                        AND follower.res_id = thing.id
                        AND follower.partner_id = former.partner_id),
                     added AS (
                     INSERT INTO mail_followers (res_model, res_id, partner_id)
                     SELECT DISTINCT model, res_id, heir
                       FROM followed
                ON CONFLICT DO NOTHING
                  RETURNING id, res_model, res_id),
                     subtypes AS (
                     INSERT INTO mail_followers_mail_message_subtype_rel
                            (mail_followers_id, mail_message_subtype_id)
                     SELECT added.id, of_former.mail_message_subtype_id
                       FROM added
                       JOIN followed ON followed.model = added.res_model
                                    AND followed.res_id = added.res_id
                       JOIN mail_followers_mail_message_subtype_rel AS of_former
                         ON of_former.mail_followers_id = followed.id
                ON CONFLICT DO NOTHING)
                DELETE FROM mail_followers AS follower
                 USING followed
                 WHERE follower.id = followed.id
             RETURNING follower.id
                """,
                changes=change_ids,
                back=back,
            )
        )

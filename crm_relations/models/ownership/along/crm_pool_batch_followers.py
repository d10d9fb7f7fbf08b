from odoo import api, models
from odoo.tools import SQL


class CrmPoolBatch(models.Model):
    """Who follows what has changed hands."""

    _inherit = "crm.pool.batch"

    @api.model
    def _get_told_sql(self, added):
        """Return the INSERT of what followers of customers are told by default; without
        it one follows and is told nothing.

        :param added: name of the statement that returns their ids
        """
        subtypes = self.env["mail.message.subtype"]
        default, *_rest = subtypes.default_subtypes("res.partner")
        return SQL(
            """
            INSERT INTO mail_followers_mail_message_subtype_rel
                   (mail_followers_id, mail_message_subtype_id)
            SELECT added.id, subtype
              FROM %s AS added
        CROSS JOIN unnest(%s::int[]) AS subtype
            """,
            SQL.identifier(added),
            default.ids,
        )

    def _pass_on_followers(self, change_ids, back=False):
        """Let the new owner follow, by the same subtypes, what the former followed.

        :param back: the other way round, for an undo
        """
        self.env.execute_query(
            SQL(
                """
                WITH followed AS MATERIALIZED (%(followed)s),
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
                followed=self._get_followed_sql(change_ids, back),
            )
        )

    def _get_followed_sql(self, change_ids, back):
        """Return a SELECT of the followers who give their place up: id, model, res_id
        and the partner who follows instead."""
        return SQL(
            """
            SELECT follower.id, thing.model, thing.id AS res_id, heir.partner_id AS heir
              FROM (%(things)s) AS thing
              JOIN res_users AS former ON former.id = CASE WHEN %(back)s
                   THEN thing.heir ELSE thing.former END
              JOIN res_users AS heir ON heir.id = CASE WHEN %(back)s
                   THEN thing.former ELSE thing.heir END
              JOIN mail_followers AS follower
                ON follower.res_model = thing.model AND follower.res_id = thing.id
               AND follower.partner_id = former.partner_id
            """,
            things=self._get_things_followed_sql(change_ids, back),
            back=back,
        )

    def _get_things_followed_sql(self, change_ids, back):
        """Return a SELECT of the customers, and of what moved along, that were followed
        by who had them."""
        return SQL(
            """
            SELECT 'res.partner' AS model, partner_id AS id, from_user_id AS former,
                   to_user_id AS heir
              FROM crm_ownership_change
             WHERE id = ANY(%(changes)s) AND was_follower
         UNION ALL
            SELECT res_model, res_id, from_user_id, to_user_id
              FROM crm_handover_item
             WHERE change_id = ANY(%(changes)s) AND was_follower
               AND (NOT %(back)s OR state = 'restored')
            """,
            changes=change_ids,
            back=back,
        )

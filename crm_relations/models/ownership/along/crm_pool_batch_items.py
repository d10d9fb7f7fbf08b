from odoo import api, fields, models
from odoo.tools import SQL


class CrmPoolBatch(models.Model):
    """What moves along with customers, and goes back with them."""

    _inherit = "crm.pool.batch"

    def _give_items(self, change_ids, choices):
        """Note what moves along, then move it: a statement a kind of item.

        What belongs to a company that the new owner may not enter stays.
        """
        customers = SQL(
            "SELECT partner_id AS id, from_user_id AS owner_id, id AS change_id,"
            " to_user_id FROM crm_ownership_change WHERE id = ANY(%s)",
            change_ids,
        )
        items = self.env["crm.handover.mixin"]._get_handover_sql(customers, choices)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_handover_item (change_id, batch_id, partner_id,
                       company_id, kind, res_model, res_id, name, from_user_id,
                       to_user_id, from_team_id, was_follower, state, create_uid,
                       create_date)
                SELECT moving.*, 'moved', %(uid)s, %(now)s
                  FROM (%(moving)s) AS moving
             RETURNING id
                """,
                moving=self._get_moving_sql(items, change_ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        for model in self.env["crm.handover.mixin"]._get_handover_models():
            self._write_items(model, change_ids)

    def _get_moving_sql(self, items, change_ids):
        """Return a SELECT of what is noted of the items that the new owners of these
        lines may have."""
        users = self.env["res.users"]
        between = SQL("change.to_user_id"), SQL("item.company_id")
        return SQL(
            """
            SELECT change.id, change.batch_id, change.partner_id,
                   COALESCE(item.company_id, change.company_id) AS company_id,
                   item.kind, item.res_model, item.res_id, item.name,
                   item.from_user_id, change.to_user_id, item.team_id,
                   EXISTS (SELECT FROM mail_followers AS follower
                             JOIN res_users AS former
                               ON former.partner_id = follower.partner_id
                            WHERE follower.res_model = item.res_model
                              AND follower.res_id = item.res_id
                              AND former.id = item.from_user_id) AS was_follower
              FROM (%(items)s) AS item
              JOIN crm_ownership_change AS change
                ON change.id = ANY(%(changes)s)
               AND change.partner_id = item.customer_id
             WHERE item.company_id IS NULL
                OR %(works_there)s
                OR item.res_model = ANY(%(in_branches)s) AND %(is_open)s
            """,
            items=items,
            changes=change_ids,
            in_branches=[
                model._name
                for model in self.env["crm.handover.mixin"]._get_handover_models()
                if model._handover_in_branches
            ],
            works_there=users._get_works_in_sql(*between),
            is_open=users._get_open_company_sql(*between),
        )

    def _write_items(self, model, change_ids):
        """Give the noted records of one kind to the new owners; their stage stays."""
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
                team=self._get_team_sql() if "team_id" in model._fields else SQL(),
                changes=change_ids,
                kind=model._handover_kind,
            )
        )
        model.browse(number for (number,) in rows)._items_given()

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
                        ELSE COALESCE(
                             (%(mine)s ORDER BY team.sequence, team.id LIMIT 1),
                             item.team_id) END
            """,
            mine=mine,
        )

    def _restore_items(self, changes, restored):
        """Give back what moved along with the customers restored, where it is still
        open and nobody has given it to somebody else.

        :return: ``{customer id: names of what stays}``
        """
        done = changes.filtered(lambda change: change.partner_id.id in set(restored))
        # Only what goes from a salesperson to another takes items along.
        if not done.filtered(lambda change: change.kind == "transfer"):
            return {}
        for model in self.env["crm.handover.mixin"]._get_handover_models():
            self._restore_kind(model, done.ids)
        self._pass_on_followers(done.ids, back=True)
        self.env.invalidate_all()
        items = self.env["crm.handover.item"].search(
            [("change_id", "in", done.ids), ("state", "=", "moved")]
        )
        items.state = "left"
        return {
            partner.id: left.mapped("name")
            for partner, left in items.grouped("partner_id").items()
        }

    def _restore_kind(self, model, change_ids):
        team = SQL(", team_id = noted.from_team_id")
        rows = self.env.execute_query(
            SQL(
                """
                WITH back AS (
                     UPDATE %(table)s AS item
                        SET user_id = noted.from_user_id, write_uid = %(uid)s,
                            write_date = %(now)s %(team)s
                       FROM crm_handover_item AS noted
                      WHERE noted.change_id = ANY(%(changes)s)
                        AND noted.kind = %(kind)s AND noted.state = 'moved'
                        AND item.id = noted.res_id
                        AND item.user_id = noted.to_user_id AND %(open)s
                  RETURNING noted.id, noted.res_id)
                UPDATE crm_handover_item AS noted SET state = 'restored'
                  FROM back
                 WHERE noted.id = back.id
             RETURNING noted.res_id
                """,
                table=SQL.identifier(model._table),
                uid=self.env.uid,
                now=fields.Datetime.now(),
                team=team if "team_id" in model._fields else SQL(),
                changes=change_ids,
                kind=model._handover_kind,
                open=model._get_handover_open_sql(),
            )
        )
        model.browse(number for (number,) in rows)._items_given()

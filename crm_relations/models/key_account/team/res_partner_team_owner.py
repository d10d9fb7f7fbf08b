from odoo import fields, models
from odoo.tools import SQL

LATEST = """(SELECT DISTINCT ON (partner_id) *
               FROM crm_ownership_change
              WHERE partner_id = ANY(%s)
           ORDER BY partner_id, id DESC)"""

END_BEGUN = """
    UPDATE crm_account_team_member
       SET state = 'ended', ending = 'owner', ended_at = %(now)s,
           ended_by_id = %(uid)s, write_uid = %(uid)s, write_date = %(now)s
     WHERE begin_change_id IN (%(undone)s) AND state = 'open'
 RETURNING id
"""
# Not whose place somebody else has taken meanwhile.
OPEN_ENDED = """
    UPDATE crm_account_team_member AS member
       SET state = 'open', ending = NULL, ended_at = NULL, ended_by_id = NULL,
           end_change_id = NULL, write_uid = %(uid)s, write_date = %(now)s
      FROM res_users AS holder
     WHERE member.end_change_id IN (%(undone)s)
       AND holder.id = member.user_id AND holder.active
       AND NOT EXISTS (
           SELECT FROM crm_account_team_member AS other
            WHERE other.partner_id = member.partner_id AND other.state = 'open'
              AND (other.user_id = member.user_id
                   OR other.is_manager AND member.is_manager)
              AND daterange(other.since, other.until, '[]')
                  && daterange(member.since, member.until, '[]'))
 RETURNING member.id
"""
# Not what is over and only waits for the night. An undo leaves the roles that who loses
# the customer had before what is undone, and passes on what he was given since.
PASS_ON = """
    WITH latest AS MATERIALIZED %(latest)s,
         passed AS MATERIALIZED (
         SELECT member.id, latest.id AS change_id, latest.to_user_id
           FROM latest
           JOIN crm_account_team_member AS member
             ON member.partner_id = latest.partner_id
          WHERE member.state = 'open' AND member.is_manager
            AND member.user_id = latest.from_user_id
            AND latest.to_user_id IS DISTINCT FROM latest.from_user_id
            AND (member.ends_at IS NULL OR member.ends_at > %(now)s)
            AND (latest.kind <> 'undo' OR member.appointed_at >= (
                 SELECT min(undone.decided_at)
                   FROM crm_ownership_change AS undone
                  WHERE undone.partner_id = latest.partner_id
                    AND undone.batch_id = latest.batch_id AND undone.kind <> 'undo')))
    UPDATE crm_account_team_member AS member
       SET state = 'ended', ended_at = %(now)s, ended_by_id = %(uid)s,
           ending = CASE WHEN passed.to_user_id IS NULL THEN 'unowned' ELSE 'owner' END,
           end_change_id = passed.change_id, write_uid = %(uid)s, write_date = %(now)s
      FROM passed
      JOIN crm_account_team_member AS former ON former.id = passed.id
     WHERE member.partner_id = former.partner_id AND member.state = 'open'
       AND (member.id = passed.id
            OR member.user_id = passed.to_user_id
               AND (member.ends_at IS NULL OR member.ends_at > %(now)s)
               AND daterange(member.since, member.until, '[]')
                   && daterange(former.since, former.until, '[]'))
 RETURNING member.id, member.id = passed.id, passed.change_id, passed.to_user_id
"""


class ResPartner(models.Model):
    """What becomes of a team when its customer goes: into a pool all of it ends; with a
    new salesperson the former one's role of account manager goes along, with nobody new
    it ends, and it comes back when that is undone. Colleagues in other roles stay."""

    _inherit = "res.partner"

    def _owner_changed(self, kind):
        result = super()._owner_changed(kind)
        if self and kind != "create":
            teams = self.browse(self._get_ids_with_team())
            if teams:
                teams._follow_owner_in_team(kind)
        return result

    def _get_ids_with_team(self):
        self.env["crm.account.team.member"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT partner_id FROM crm_account_team_member"
                " WHERE partner_id = ANY(%s)",
                self.ids,
            )
        )
        return [number for (number,) in rows]

    def _follow_owner_in_team(self, kind):
        self.env.flush_all()
        if kind == "undo":
            self._restore_team()
        self._end_team_in_pool()
        self._pass_on_account_manager()
        self.env["crm.account.team.member"].invalidate_model()
        self.invalidate_recordset(["team_member_ids"])
        self._apply_team_access()
        self.env["crm.account.team.member"]._trigger_next()

    def _end_team_in_pool(self):
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_account_team_member AS member
                   SET state = 'ended', ending = 'pool', ended_at = %(now)s,
                       ended_by_id = %(uid)s, end_change_id = latest.id,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM %(latest)s AS latest
                  JOIN res_partner AS partner ON partner.id = latest.partner_id
                 WHERE member.partner_id = latest.partner_id AND member.state = 'open'
                   AND partner.user_id IS NULL AND partner.pool_id IS NOT NULL
             RETURNING member.id
                """,
                latest=SQL(LATEST, self.ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )

    def _pass_on_account_manager(self):
        """The role of the former salesperson that only one has goes to the new one, who
        has no other one on these days then; with nobody new it ends."""
        rows = self.env.execute_query(
            SQL(
                PASS_ON,
                latest=SQL(LATEST, self.ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        given = {
            number: (change, owner)
            for number, is_passed, change, owner in rows
            if is_passed and owner
        }
        # Superuser: what goes along is decided with the customer.
        members = self.env["crm.account.team.member"].sudo()
        members.invalidate_model()
        members.create(
            [
                member._prepare_successor_vals(*given[member.id])
                for member in members.browse(given)
            ]
        )

    def _restore_team(self):
        """Bring back what the undone change of owner has ended, and take away what it
        has begun."""
        undone = SQL(
            """
            SELECT undone.id
              FROM %s AS latest
              JOIN crm_ownership_change AS undone
                ON undone.partner_id = latest.partner_id
               AND undone.batch_id = latest.batch_id AND undone.kind <> 'undo'
            """,
            SQL(LATEST, self.ids),
        )
        values = {
            "undone": undone,
            "uid": self.env.uid,
            "now": fields.Datetime.now(),
        }
        self.env.execute_query(SQL(END_BEGUN, **values))
        self.env.execute_query(SQL(OPEN_ENDED, **values))

    def _customers_join(self, customer_by_id):
        result = super()._customers_join(customer_by_id)
        self.env["crm.account.team.member"]._finish_of(
            [("partner_id", "in", self.ids)], "joined"
        )
        return result

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.account.team.member"}

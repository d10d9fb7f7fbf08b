from odoo import fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Who of ours is in the team, on the first page of the customer."""

    _inherit = "res.partner"

    def _get_overview_parts(self):
        parts = super()._get_overview_parts()
        readable = self.env["crm.account.team.member"].has_access("read")
        return {**parts, "team": [self._get_team_now_sql()] if readable else []}

    def _tell_overview(self, found):
        return {
            **super()._tell_overview(found),
            "team": self._tell_team_now(found["team"]),
        }

    def _get_team_now_sql(self):
        members = self.env["crm.account.team.member"]._search(
            [("partner_id", "=", self.id), ("state", "=", "open")]
        )
        return SQL(
            """
            SELECT jsonb_build_object(
                       'id', member.id, 'user', member.user_id,
                       'name', colleague.name, 'role', %(role)s,
                       'until', member.until) AS line
              FROM crm_account_team_member AS member
              JOIN crm_account_team_role AS role ON role.id = member.role_id
              JOIN res_users AS login ON login.id = member.user_id
              JOIN res_partner AS colleague ON colleague.id = login.partner_id
             WHERE member.id IN %(members)s AND member.starts_at <= %(now)s
               AND (member.ends_at IS NULL OR member.ends_at > %(now)s)
          ORDER BY role.sequence, role.id, colleague.name, member.id
            """,
            role=self.env["crm.account.team.role"]._field_to_sql("role", "name"),
            members=members.subselect(),
            now=fields.Datetime.now(),
        )

    def _tell_team_now(self, lines):
        return [
            {
                **{key: line[key] or "" for key in ("id", "name", "role")},
                "until": self.env.user._tell_day(line["until"]),
            }
            for line in lines
        ]

from odoo import api, fields, models
from odoo.tools import SQL

# What lets somebody change the archive now; of ``member`` and its ``partner``.
IN_FORCE = """member.state = 'open' AND member.access = 'write'
    AND member.starts_at <= %(now)s
    AND (member.ends_at IS NULL OR member.ends_at > %(now)s)
    AND partner.user_id IS DISTINCT FROM member.user_id AND partner.pool_id IS NULL"""


class ResPartner(models.Model):
    """The access of teams: a share for each member in force who may change the
    archive, as long as he is, so that whatever asks for shares knows of teams."""

    _inherit = "res.partner"

    def _apply_team_access(self):
        """Let shares follow the teams of these customers; three statements."""
        if self.ids:
            self._move_team_shares(SQL("member.partner_id = ANY(%s)", self.ids))

    @api.model
    def _apply_all_team_access(self):
        self._move_team_shares(SQL("TRUE"))

    @api.model
    def _move_team_shares(self, scope):
        self.env.flush_all()
        values = {
            "scope": scope,
            "uid": self.env.uid,
            "now": fields.Datetime.now(),
        }
        values["force"] = SQL(IN_FORCE, now=values["now"])
        for statement in (self._END_SHARES, self._MOVE_ENDS, self._ADD_SHARES):
            self.env.execute_query(SQL(statement, **values))
        self._forget_shares()

    _END_SHARES = """
        UPDATE crm_customer_share AS share
           SET active = FALSE, ended_at = %(now)s, ending = 'team',
               write_uid = %(uid)s, write_date = %(now)s
          FROM crm_account_team_member AS member
          JOIN res_partner AS partner ON partner.id = member.partner_id
         WHERE share.active AND share.team_member_id = member.id AND %(scope)s
           AND NOT (share.partner_id = member.partner_id
                    AND share.user_id = member.user_id AND %(force)s)
     RETURNING share.id
    """
    _MOVE_ENDS = """
        UPDATE crm_customer_share AS share
           SET until = member.until, write_uid = %(uid)s, write_date = %(now)s
          FROM crm_account_team_member AS member
         WHERE share.active AND share.team_member_id = member.id AND %(scope)s
           AND share.until IS DISTINCT FROM member.until
     RETURNING share.id
    """
    # Who has a share of another kind keeps it; once it has ended, this one comes.
    _ADD_SHARES = """
        INSERT INTO crm_customer_share (partner_id, company_id, user_id, role,
               purpose, until, active, granted_by_id, granted_at, team_member_id,
               create_uid, create_date, write_uid, write_date)
        SELECT partner.id, partner.company_id, member.user_id, 'team', member.note,
               member.until, TRUE, member.appointed_by_id, %(now)s, member.id,
               %(uid)s, %(now)s, %(uid)s, %(now)s
          FROM crm_account_team_member AS member
          JOIN res_partner AS partner ON partner.id = member.partner_id
         WHERE %(scope)s AND %(force)s
           AND NOT EXISTS (SELECT FROM crm_customer_share AS share
                            WHERE share.partner_id = partner.id
                              AND share.user_id = member.user_id AND share.active)
   ON CONFLICT DO NOTHING
     RETURNING id
    """

"""Who got a daily digest goes on getting it, in the same way."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not column_exists(cr, "res_users", "relations_digest_by_mail"):
        return
    cr.execute(
        """
        UPDATE res_company SET relations_digest_way = 'both'
         WHERE relations_digest_way = 'none' OR relations_digest_way IS NULL;
        UPDATE res_users SET relations_digest_way = 'chat'
         WHERE relations_digest_by_mail IS NOT TRUE AND relations_digest_way IS NULL
           AND NOT share;
        ALTER TABLE res_users DROP COLUMN relations_digest_by_mail
        """
    )

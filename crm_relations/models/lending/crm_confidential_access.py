import logging
from datetime import timedelta

from psycopg2 import Error
from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.reading import get_reading_way

_logger = logging.getLogger(__name__)

PARAMETER = "crm_relations.confidential_log_days"
DEFAULT_DAYS = 730
WAYS = [
    ("opened", "Opened"),
    ("listed", "Seen in a list"),
    ("searched", "Searched by what it says"),
    ("printed", "Printed"),
    ("exported", "Exported"),
    ("downloaded", "Downloaded"),
    ("refused", "Refused"),
]
RIGHTS = [
    ("owner", "Salesperson"),
    ("shared", "Works along"),
    ("leader", "Leader of the team"),
    ("custodian", "Custodian"),
    ("manager", "Relations manager"),
    ("loan", "Loan"),
    ("none", "None"),
]
PARTS = [
    ("profiles", "Person Profile"),
    ("documents", "Customer document"),
    ("card", "Data Card"),
]


class CrmConfidentialAccess(models.Model):
    """Who has opened, printed, exported or downloaded what is confidential of whom, by
    which right; and whom it was refused.

    Lines are only added, one statement a reading however many records it has: one line
    for a person, record, way and right in an hour. What is read by jobs is not logged.
    """

    _name = "crm.confidential.access"
    _description = "Confidential part opened"
    _order = "at desc, id desc"
    _rec_name = "partner_id"
    _log_access = False

    at = fields.Datetime(string="When", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Read By",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Empty: whoever searched by values, which can find any customer's.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, index="btree_not_null"
    )
    part = fields.Selection(
        selection=PARTS, string="What", required=True, readonly=True
    )
    res_model = fields.Char(
        required=True, readonly=True, export_string_translation=False
    )
    res_id = fields.Many2oneReference(
        model_field="res_model", readonly=True, export_string_translation=False
    )
    way = fields.Selection(
        selection=WAYS, string="Which Way", required=True, readonly=True
    )
    access_right = fields.Selection(
        selection=RIGHTS, string="By Which Right", required=True, readonly=True
    )
    loan_id = fields.Many2one(
        comodel_name="crm.archive.loan",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    # Asked by each reading: was it noted in this hour?
    _known_idx = models.Index("(user_id, res_model, res_id, way, at)")

    @api.model
    def _note(self, records, way=None):
        """Note that the user reads these, one statement; jobs are not noted.

        :param records: of a confidential model; none: any of them could be read
        :param way: where nobody tells by which way, it is told by how many they are
        """
        if self.env.su or not self.env.uid:
            return
        way = get_reading_way() or way or ("listed" if len(records) > 1 else "opened")
        self._write_down(records, way)

    @api.model
    def _write_down(self, records, way):
        """Add lines for those that have none in this hour, with the right by which the
        record rules open them."""
        if self.env.cr.readonly:
            # Odoo answers it again in a transaction that may write.
            raise ReadOnlySqlTransaction("Who reads this is logged\n")
        rows = self._get_lines_sql(records, way)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_confidential_access (at, user_id, partner_id,
                       company_id, part, res_model, res_id, way, access_right, loan_id)
                SELECT %(now)s, %(uid)s, line.partner_id, line.company_id, %(part)s,
                       %(model)s, line.id, %(way)s, line.access_right,
                       CASE WHEN line.access_right = 'loan' THEN line.loan_id END
                  FROM (%(rows)s) AS line
                 WHERE NOT EXISTS (
                       SELECT FROM crm_confidential_access AS known
                        WHERE known.user_id = %(uid)s AND known.res_model = %(model)s
                          AND known.res_id IS NOT DISTINCT FROM line.id
                          AND known.way = %(way)s
                          AND known.access_right = line.access_right
                          AND known.at >= date_trunc('hour', %(now)s::timestamp))
                """,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                part=records._confidential_part,
                model=records._name,
                way=way,
                rows=rows,
            )
        )

    @api.model
    def _get_lines_sql(self, records, way):
        """Return a SELECT of id, partner_id, company_id, access_right and loan_id."""
        if not records:
            return SQL(
                "SELECT NULL::int AS id, NULL::int AS partner_id,"
                " NULL::int AS company_id, %s AS access_right, NULL::int AS loan_id",
                self.env["res.partner"]._get_keeper_right(self.env.user) or "none",
            )
        right = SQL("'none'") if way == "refused" else self._get_right_sql()
        return SQL(
            """
            SELECT record.id, partner.id AS partner_id, partner.company_id,
                   %(right)s AS access_right, loan.id AS loan_id
              FROM (%(records)s) AS record
              JOIN res_partner AS partner ON partner.id = record.customer_id
         LEFT JOIN LATERAL (
                   SELECT lent.id FROM crm_archive_loan AS lent
                    WHERE lent.partner_id = partner.id AND lent.user_id = %(uid)s
                      AND lent.state = 'approved' AND %(lent)s
                      AND lent.starts_at <= %(now)s AND lent.ends_at > %(now)s
                 ORDER BY lent.id LIMIT 1) AS loan ON TRUE
            """,
            right=right,
            records=records._get_customers_of_sql(),
            uid=self.env.uid,
            now=fields.Datetime.now(),
            lent=SQL.identifier("lent", f"with_{records._confidential_part}"),
        )

    @api.model
    def _get_right_sql(self):
        """Return by which right the user reads what is confidential of ``partner``."""
        user = self.env.user
        sells = user.has_group("crm_relations.group_sales_user")
        return SQL(
            """
            CASE WHEN %(sells)s AND partner.user_id = %(uid)s THEN 'owner'
                 WHEN %(sells)s AND EXISTS (
                      SELECT FROM crm_customer_share AS share
                       WHERE share.partner_id = partner.id AND share.active
                         AND share.user_id = %(uid)s) THEN 'shared'
                 WHEN %(leads)s AND EXISTS (
                      SELECT FROM res_users AS owner
                        JOIN crm_team AS team ON team.id = owner.sale_team_id
                       WHERE owner.id = partner.user_id
                         AND team.user_id = %(uid)s) THEN 'leader'
                 ELSE COALESCE(%(keeper)s,
                               CASE WHEN loan.id IS NOT NULL THEN 'loan' END, 'none')
                 END
            """,
            sells=sells,
            uid=user.id,
            leads=user.has_group("crm_relations.group_sales_manager"),
            keeper=self.env["res.partner"]._get_keeper_right(user),
        )

    @api.model
    def _note_refusal(self, records):
        """Note that the user may not read these, once the refusal has undone all else:
        in a transaction of its own."""
        if not records.ids:
            return
        env, ids, model = self.env, records.ids, records._name

        @env.cr.postrollback.add
        def write_down():
            try:
                with env.registry.cursor() as cr:
                    own = api.Environment(cr, env.uid, {})
                    log = own["crm.confidential.access"]
                    log._write_down(own[model].browse(ids), "refused")
            except Error:
                _logger.warning("A refusal of %s could not be logged.", model)

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    @api.model
    def _get_kept_days(self):
        # Superuser: a setting of the whole database.
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(PARAMETER, DEFAULT_DAYS))

    @api.autovacuum
    def _forget_old(self):
        limit = fields.Datetime.now() - timedelta(days=self._get_kept_days())
        self.search([("at", "<", limit)], limit=BATCH).unlink()

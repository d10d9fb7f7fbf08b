from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 500


class CrmDueActivityMixin(models.AbstractModel):
    """Somebody gets an activity when the day of a record has come: once for each
    record and end.

    The model computes ``activity_on`` and keeps an index on it; who takes a row is the
    only one who plans for it, so that several workers may share the job.
    """

    _name = "crm.due.activity.mixin"
    _description = "Plans an activity when its day comes"
    # The column of the customer, and the one of what it is about to end.
    _subject_field = "customer_id"
    _end_field = "expires_on"

    # When an activity is to be planned; empty once it is there.
    activity_on = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    # The end for which the activity was planned.
    reminded_for = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )

    @api.model
    def _plan_batch(self):
        """Plan the activities of the next records that are due; return how many."""
        self.env.flush_all()
        rows = self.env.execute_query(self._get_taken_sql())
        ids = [number for (number,) in rows]
        # Superuser: a job, for all people.
        taken = self.sudo().browse(ids)
        taken.invalidate_recordset(["reminded_for", "activity_on"])
        taken.filtered(lambda one: one._get_person_to_remind().active)._plan()
        return len(ids)

    def _get_person_to_remind(self):
        """Hook: return who gets the activity; nobody, if nobody looks after it."""
        raise NotImplementedError

    def _prepare_activity_vals(self):
        """Hook: return res_id (the customer), user_id, date_deadline, summary."""
        raise NotImplementedError

    @api.model
    def _get_taken_sql(self):
        """Return the statement that takes a batch of those that are due."""
        companies = self.env["res.company"]._get_all_for_relations()
        days = [company._get_relations_today() for company in companies]
        return SQL(
            """
            UPDATE %(table)s AS taken
               SET reminded_for = %(end)s, activity_on = NULL
             WHERE id IN (
                   SELECT due.id
                     FROM %(table)s AS due
                     JOIN res_partner AS partner
                       ON partner.id = %(subject)s AND partner.active
                    WHERE due.activity_on <= %(latest)s
                      AND due.activity_on <= %(today)s
                 ORDER BY due.activity_on, due.id
                    LIMIT %(limit)s
               FOR UPDATE OF due SKIP LOCKED)
         RETURNING id
            """,
            table=SQL.identifier(self._table),
            end=SQL.identifier(self._end_field),
            subject=SQL.identifier("due", self._subject_field),
            latest=max(days),
            today=self.env["res.partner"]._get_relations_today_sql("partner"),
            limit=BATCH,
        )

    def _plan(self):
        # Odoo would mail every single assignment.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        common = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
        }
        made = activities.create(
            [common | one._prepare_activity_vals() for one in self]
        )
        for one, activity in zip(self, made, strict=True):
            one.activity_id = activity

from odoo import fields, models

REASONS = [
    ("later", "Asked to be contacted later"),
    ("away", "Away or closed until then"),
    ("deciding", "Is deciding: a contact would press"),
    ("no_need", "Needs nothing before then"),
    ("colleague", "A colleague is in touch"),
    ("other", "Other"),
]
ENDINGS = [
    ("expired", "Its day has come"),
    ("ended", "Ended by hand"),
    ("replaced", "Put off anew"),
    ("owner", "The salesperson changed"),
    ("merge", "Merged with another customer"),
]


class CrmNotNow(models.Model):
    """Somebody decided not to contact a customer before a day, and why: until then it
    is out of the list What Next.

    It says nothing about due dates, clocks of pools or care: these go on. Lines are
    written by methods of the customer alone and stay as history; it ends with its day,
    by hand, or with a new salesperson, who judges anew.
    """

    _name = "crm.not.now"
    _inherit = ["crm.grant.mixin", "crm.customer.line.mixin"]
    _description = "Not now"
    _order = "id desc"
    _rec_name = "partner_id"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        readonly=True,
        index="btree_not_null",
        help="Whose customer it was then.",
    )
    put_off_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        index="btree_not_null",
    )
    put_off_at = fields.Datetime(string="Put Off On", readonly=True)
    until = fields.Date(
        string="Back On",
        required=True,
        readonly=True,
        help="On this day the customer is in the list again.",
    )
    reason = fields.Selection(selection=REASONS, required=True, readonly=True)
    note = fields.Char(readonly=True)
    active = fields.Boolean(string="In Force", default=True, readonly=True)
    ending = fields.Selection(selection=ENDINGS, string="Ended Because", readonly=True)
    end_change_id = fields.Many2one(
        comodel_name="crm.ownership.change",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )

    _partner_uniq = models.UniqueIndex(
        "(partner_id) WHERE active", "This customer is put off already."
    )
    _until_idx = models.Index("(until, id) WHERE active")

    def _get_history_line(self):
        """Return what the timeline of the customer shows: as a ledger's line does."""
        # Superuser: names of colleagues.
        line = self.sudo()
        reasons, endings = (
            dict(self._fields[name]._description_selection(self.env))
            for name in ("reason", "ending")
        )
        words = [
            reasons.get(line.reason),
            line.note,
            self.env._("until %(day)s", day=self.env.user._tell_day(line.until)),
            endings.get(line.ending),
        ]
        return {
            "date": line.partner_id._format_history_moment(line.put_off_at),
            "title": self.env._("Not now"),
            "text": " · ".join(filter(None, words)),
            "by": line.put_off_by_id.name or "",
        }

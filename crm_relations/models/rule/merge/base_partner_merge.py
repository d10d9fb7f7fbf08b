import psycopg2

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger


class MergePartnerWizard(models.TransientModel):
    """Merging customers loses nothing of ours, whatever table it is in.

    Odoo deletes *all* rows of a table whose unique key clashes while it moves them to
    the surviving partner. So of rows that would be the same one stays, and what points
    to the other points to it. A room that knows better which of them, or keeps both,
    does so before, by ``_update_foreign_keys``.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Odoo counts the logins that the caller may read: those of other companies
        would end up on one contact."""
        partners = self.env["res.partner"].browse(partner_ids).exists()
        # Superuser: every login, also an archived one.
        users = partners.sudo().with_context(active_test=False).user_ids
        if len(partners) > 1 and len(users) > 1:
            raise UserError(
                self.env._(
                    "You cannot merge contacts linked to more than one user even if "
                    "only one is active."
                )
            )
        return super()._merge(partner_ids, dst_partner, extra_checks)

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Superuser: who merges need not be one who reads what moves.
        links = self.env["crm.partner.link"].sudo()
        both = (src_partners | dst_partner).sudo()
        customers = both.commercial_partner_id | both._get_named_by()
        models = links._find_models_of((both | customers).ids)
        twins = links._find_twins(src_partners.ids, dst_partner.id, among=models)
        for name, kept_by_id in twins.items():
            self._drop_twins(name, kept_by_id)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        links._follow_ids(
            "res.partner",
            dict.fromkeys(src_partners.ids, dst_partner.id),
            (customers - src_partners | dst_partner).ids,
            among=models,
        )
        return result

    def _drop_twins(self, model, kept_by_id):
        """Drop rows for others, with what points to them.

        :param kept_by_id: ``{id of the row that goes: id of the one that stays}``
        """
        if kept_by_id:
            self._follow_rows(model, kept_by_id)
            # Superuser: who merges need not be one who may delete what stands twice.
            self.env[model].sudo().browse(kept_by_id).exists().unlink()
            self.env.flush_all()

    def _follow_leads(self, kept_by_id):
        """Let rows of the suite name the opportunity into which theirs was merged; of
        most the suite tells nothing, and nothing more is asked."""
        links = self.env["crm.partner.link"]
        leads = self.env["crm.lead"].browse([*kept_by_id, *kept_by_id.values()])
        contacts = leads.partner_id | leads.partner_id.commercial_partner_id
        if named := links._find_columns_of_leads(list(kept_by_id)):
            self._move_links(named, kept_by_id)
            self.env.invalidate_all()
        if known := contacts and links._find_models_of(contacts.ids):
            links._follow_ids("crm.lead", kept_by_id, contacts.ids, among=known)

    def _follow_rows(self, model, kept_by_id):
        """Let what points to these rows point to those that stay for them; what would
        stand twice there stays with the row, and shares its fate."""
        self._move_links(self._get_fk_on(self.env[model]._table), kept_by_id)
        # Superuser: who merges need not be one who reads what moves.
        partners = self.env["crm.partner.link"].sudo()._get_partners(model, kept_by_id)
        self.env["crm.partner.link"].sudo()._follow_ids(model, kept_by_id, partners)
        self.env.invalidate_all()

    def _move_links(self, links, kept_by_id):
        """Let these columns point to what stays, where no unique key is in the way."""
        self.env.flush_all()
        moves = SQL(", ").join(SQL("(%s, %s)", *pair) for pair in kept_by_id.items())
        for table, column in links:
            update = SQL(
                "UPDATE %(table)s SET %(column)s = move.kept"
                " FROM (VALUES %(moves)s) AS move (lost, kept)"
                " WHERE %(table)s.%(column)s = move.lost",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                moves=moves,
            )
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(update)
            except psycopg2.IntegrityError:
                continue

from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Every change of owner leaves a line, and takes the contacts along."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners.filtered("user_id")._owner_changed({}, kind="create")
        return partners

    def write(self, vals):
        if "user_id" not in vals and "is_managed_customer" not in vals:
            return super().write(vals)
        before = {partner.id: partner._get_owner_state() for partner in self.sudo()}
        result = super().write(vals)
        self._owner_changed(before, kind="edit")
        return result

    def _get_owner_state(self):
        return self.user_id, self.pool_id, self.is_managed_customer

    def _owner_changed(self, before, kind):
        """Hook: the owner of some of these partners may have changed.

        :param before: ``{partner id: (user, pool, managed)}``, a missing partner had
            none of them
        :param kind: how, as in the ledger of ownership
        """
        nobody = self.env["res.users"], self.env["crm.pool"], False
        for partner in self.sudo().filtered("is_managed_customer"):
            user, pool, managed = before.get(partner.id, nobody)
            if user == partner.user_id and managed:
                continue
            if not partner.user_id and not user:
                continue
            partner._record_owner_change(user if managed else nobody[0], pool, kind)

    def _owner_released(self):
        """Hook: these customers have just gone to a pool (written by SQL)."""

    def _record_owner_change(self, user, pool, kind):
        self.ensure_one()
        in_pool = not self.user_id and self.pool_id
        self.write(
            {
                "owner_since": self.user_id and fields.Datetime.now(),
                "pool_id": in_pool and in_pool.id,
                "pool_since": in_pool and self.pool_since,
            }
        )
        contacts = self._move_contacts(user)
        self.env["crm.ownership.change"].sudo().create(
            {
                "partner_id": self.id,
                "company_id": (self.company_id or self.relation_company_id).id,
                "kind": kind,
                "from_user_id": user.id,
                "to_user_id": self.user_id.id,
                "from_pool_id": pool.id,
                "to_pool_id": self.pool_id.id,
                "operator_id": self.env.uid,
                "contact_ids_moved": contacts,
                "facts": {"code": f"owner_{kind}", "user": self.user_id.id},
            }
        )

    def _move_contacts(self, user):
        """Give the contacts that ``user`` looked after to the new owner.

        :return: their ids. By SQL: Odoo's own write would mail each of them and
            takes milliseconds a contact.
        """
        self.env["res.partner"].flush_model(["user_id", "commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner SET user_id = %(owner)s
                 WHERE commercial_partner_id = %(customer)s AND id <> %(customer)s
                   AND user_id IS NOT DISTINCT FROM %(user)s
             RETURNING id
                """,
                owner=self.user_id.id or None,
                customer=self.id,
                user=user.id or None,
            )
        )
        ids = [number for (number,) in rows]
        self.browse(ids).invalidate_recordset(["user_id"])
        return ids

from odoo import models
from odoo.tools import split_every

from ..res_partner import PAGE


class ResPartner(models.Model):
    """History belongs to the customer: it stays when a contact goes, and goes along
    when a customer becomes a contact of another one."""

    _inherit = "res.partner"

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if not {"parent_id", "is_company"}.isdisjoint(vals):
            # Superuser: whose history it is, also for those who may not read it.
            partners = self.sudo()
            memory["customers"] = {
                partner.id: partner.commercial_partner_id for partner in partners
            }
            memory["with_history"] = set(partners._filter_with_history().ids)
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if "customers" in memory:
            # Superuser: as above.
            partners = self.sudo()
            partners._move_history(memory["customers"], memory["with_history"])
        return result

    def _move_history(self, before, known):
        """Let history go where its customer went.

        :param before: ``{partner id: customer}``
        :param known: ids of those of whom the suite may tell something
        """
        moved = self.filtered(lambda one: before[one.id] != one.commercial_partner_id)
        own = moved.filtered(lambda one: before[one.id] == one)
        freed = moved.filtered(lambda one: one.commercial_partner_id == one)
        joined = {
            one.id: one.commercial_partner_id.id for one in own if one.id in known
        }
        left = {one.id: before[one.id].id for one in freed}
        changed = {one.id: before[one.id].id for one in moved - own - freed}
        if changed:
            self.browse(changed)._change_customers(changed)
        if joined:
            self.browse(joined)._join_customers(joined)
        if left:
            self.browse(left)._leave_customers(left)

    def unlink(self):
        # Superuser: what names a contact is emptied, whoever may write it.
        partners = self.sudo()
        found = self.env["crm.partner.link"].sudo()._find_rows_of_persons(self.ids)
        owning = self.env["crm.partner.link"]._get_customer_columns()
        for (model, column), ids in found.items():
            rows = partners.env[model].browse(ids)
            if owner := owning.get(model):
                # What belongs to a customer that goes, goes with it.
                rows = rows.filtered(lambda row, owner=owner: row[owner] not in self)
            partners._leave_rows(rows, column)
        if found:
            self.env.flush_all()
        return super().unlink()

    def _leave_rows(self, rows, column):
        """Let rows that name one of these contacts, who go, name its customer where
        they tell with whom it was, else nobody. May be extended for a model."""
        # Nobody is told of it: the contact goes by the hand of who deletes it.
        for row in rows.with_context(tracking_disable=True):
            field = row._fields[column]
            if field.compute and field.readonly:
                continue  # decided anew without the contact
            customer = row[column].commercial_partner_id - self
            row[column] = customer if column == "partner_id" else False

    def _join_customers(self, customer_by_id):
        """Move what is told of these, which were customers of their own until now, to
        the customers whose contacts they have become."""
        # Superuser: history moves whole, also what the caller may not read.
        links = self.env["crm.partner.link"].sudo()
        customers = self.browse(set(customer_by_id.values()))
        self._customers_join(customer_by_id)
        merging = self.env["base.partner.merge.automatic.wizard"].sudo()
        for customer in customers:
            contacts = [n for n in customer_by_id if customer_by_id[n] == customer.id]
            twins = links._find_twins(contacts, customer.id, "person_id")
            for name in links._get_moving_columns().keys() & twins.keys():
                merging._drop_twins(name, twins[name])
        links._move_rows(customer_by_id)
        (self | customers)._rows_moved()

    def _leave_customers(self, customer_by_id):
        """Give back what was their own before they became contacts to these, which are
        customers of their own now. What was done with them since then belongs to the
        customer with whom it was done."""
        # Superuser: as above.
        moved = (
            self.env["crm.partner.link"]
            .sudo()
            ._take_rows_back(self._get_joined_at(customer_by_id))
        )
        if moved:
            (self | self.browse(set(customer_by_id.values())))._rows_moved()

    def _change_customers(self, former_by_id):
        """Take along to the next customer what was their own before they became
        contacts of the former, as if they had left that one before."""
        joined = self._get_joined_at(former_by_id)
        if not joined:
            return
        # Superuser: as above.
        self.env["crm.partner.link"].sudo()._take_rows_back(joined)
        contacts = self.browse(joined)
        contacts._join_customers(
            {contact.id: contact.commercial_partner_id.id for contact in contacts}
        )
        self.browse({former_by_id[number] for number in joined})._rows_moved()

    def _get_named_by(self):
        """Hook: return partners whose rows name these in facts, though no column of
        them does."""
        return self.browse()

    def _filter_with_history(self):
        """Hook: return those of these partners of whom the suite may tell something."""
        return self.filtered("is_managed_customer")

    def _get_joined_at(self, customer_by_id):
        """Hook: return ``{contact id: (customer id, moment)}`` of those that were
        customers of their own before."""
        return {}

    def _customers_join(self, customer_by_id):
        """Hook: these were customers of their own, and have become contacts of others;
        their rows have not moved yet."""
        fields = self._get_decided_fields() - self._get_fields_of_contacts()
        self.write({name: False for name in fields if not self._fields[name].compute})

    def _get_models_of_closed_history(self):
        """Hook: return the models whose rows stay with whom they were made for, though
        it is a contact of another customer now."""
        return set()

    def _get_fields_of_contacts(self):
        """Hook: return the decided fields that mean something on contacts as well."""
        return set()

    def _rows_moved(self):
        """Compute anew what depends on rows that have come or gone by SQL."""
        self.env.invalidate_all()
        customers = self.filtered(lambda one: one.commercial_partner_id == one)
        for name in self._get_fields_of_moved_rows():
            self.env.add_to_compute(self._fields[name], self)
        customers._refresh_moved_figures()

    def _get_fields_of_moved_rows(self):
        """Hook: return the stored computed fields that read rows of other tables."""
        return []

    def _refresh_moved_figures(self):
        """Hook: write what is stored of these customers from rows of other tables."""

    def _links_emptied(self, paths):
        """What these customers named by one of these paths has been deleted, and the
        database emptied the link."""
        for page in split_every(PAGE, self.ids):
            self.browse(page)._refresh_emptied(paths)

    def _refresh_emptied(self, paths):
        """Hook: write what is stored of these customers and goes by one of these paths:
        what they led to is gone. One statement each."""

from odoo import api, models

ORDER = ("expired", "missing", "expiring", "incomplete", "there", "optional")


class ResPartner(models.Model):
    """The page Documents of a customer: what is asked for and what is there, as far as
    the caller may read it."""

    _inherit = "res.partner"

    @api.readonly
    def get_documents(self):
        """Return what the page of documents shows of this customer.

        :return: ``{"may_add", "closed", "lines"}``: whether the caller adds documents
            here; how many are closed to him, of which nothing else is told; a line for
            each document that is there, or is asked for and is not: its ids, texts,
            state and files
        :raise AccessError: the caller may not read the customer
        """
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        documents = self.env["crm.customer.document"]
        due = self.env["crm.document.due"]
        of_customer = [("customer_id", "=", customer.id)]
        found, missing = documents, due
        if documents.has_access("read"):
            found = documents.search(of_customer)
        if due.has_access("read"):
            missing = due.search([*of_customer, ("state", "=", "missing")])
        waiting = {(one.kind_id, one.order_id) for one in found if not one.is_complete}
        lines = [
            *(one._tell_line() for one in found),
            *(
                one._tell_line()
                for one in missing
                if (one.kind_id, one.order_id) not in waiting
            ),
        ]
        # Superuser: only how many there are, to who may not read them.
        total = documents.sudo().search_count(of_customer)
        return {
            "may_add": customer._may_add_documents(),
            "closed": total - len(found),
            "lines": sorted(lines, key=lambda line: ORDER.index(line["code"])),
        }

    def _may_add_documents(self):
        """Tell whether the caller keeps documents of this customer."""
        documents = self.env["crm.customer.document"]
        return (
            documents.has_access("create")
            and self.env["crm.document.due"]._is_readable(self)
            and self._may_change_archive()
        )

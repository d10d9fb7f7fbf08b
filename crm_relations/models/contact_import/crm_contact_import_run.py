from odoo import models
from odoo.exceptions import UserError

NAMED = 5


class CrmContactImport(models.Model):
    """Make the contacts, with the rights of who imports."""

    _inherit = "crm.contact.import"

    def action_import(self):
        """Make, or complete, what has been decided.

        :raise UserError: nothing was to be imported unless all can be, and something
            cannot; it names the first of them
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("checked")
        lines = self.line_ids.filtered(lambda line: line.decision != "skip")
        if not lines:
            raise UserError(self.env._("There is nothing to import: all is left out."))
        with self.env.cr.savepoint():
            places = lines._get_places()
            creating = lines.filtered(lambda line: line.decision == "create")
            creating._create_contacts(places, self.is_managed_customer)
            (lines - creating)._complete_contacts(places)
            refused = lines.filtered("error")
            if refused and self.on_problem == "all":
                raise UserError(self._get_refused_message(refused))
            self.state = "done"

    def _get_refused_message(self, refused):
        named = [
            self.env._(
                "Card %(number)s, %(name)s: %(error)s",
                number=line.number,
                name=line.name or "",
                error=line.error,
            )
            for line in refused[:NAMED]
        ]
        if len(refused) > NAMED:
            named.append(self.env._("and %(count)s more", count=len(refused) - NAMED))
        return "\n".join([self.env._("Nothing was imported."), *named])

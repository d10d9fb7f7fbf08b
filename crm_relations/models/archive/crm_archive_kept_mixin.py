from odoo import api, models

# To whom a line belongs is no content of it.
PARENTS = frozenset(("partner_id", "profile_id", "customer_id"))


class CrmArchiveKeptMixin(models.AbstractModel):
    """Lines of the archive of whose changes the ledger tells, of managed customers."""

    _name = "crm.archive.kept.mixin"
    _description = "Line of the archive with history"

    @api.model
    def _get_kept_names(self):
        """Return the names of the fields whose changes are kept."""
        ledger = self.env["crm.archive.change"]
        return frozenset(
            name
            for name, field in self._fields.items()
            if ledger._is_kept(field) and name not in PARENTS
        )

    @api.model
    def _get_kept_title(self):
        """Return what a line of this kind is called."""
        return self.env._("Line of the archive")

    @api.model
    def _is_kept_confidential(self):
        """Tell whether changes are told without what the lines say."""
        return False

    def _get_kept_subject(self):
        """Return which line it is, to who may see that there is one."""
        return self.display_name

    def _get_kept_partner(self):
        """Return whose archive it belongs to."""
        return self.partner_id

    def _get_kept_place(self):
        """Return the values of a change that say of whom it tells; None: of nobody
        whose changes are kept."""
        partner = self._get_kept_partner()
        place = partner and partner._get_kept_place()
        if not place:
            return None
        is_open = not self._is_kept_confidential()
        return {**place, "subject": is_open and self._get_kept_subject()}

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._tell_whole("new_value")
        return lines

    def write(self, vals):
        names = self._get_kept_names().intersection(vals)
        if names:
            # Superuser: what stood there is kept, whoever writes.
            ours = self.sudo().filtered(lambda line: line._get_kept_place())
            self.env["crm.archive.change"]._remember(ours, names)
        return super().write(vals)

    def unlink(self):
        self._tell_whole("old_value")
        self.env["crm.archive.change"]._forget(self)
        return super().unlink()

    def _tell_whole(self, side):
        """Keep that these lines have come, or are about to go."""
        changes = self.env["crm.archive.change"]
        # Superuser: whose they are, whoever writes.
        for line in self.sudo():
            place = line._get_kept_place()
            if place:
                is_confidential = self._is_kept_confidential()
                values = {
                    "field_key": self._name,
                    "is_confidential": is_confidential,
                    side: place.pop("subject") if not is_confidential else False,
                }
                memory = changes._get_memory()
                memory.lines.append({**place, **changes._get_who(), **values})

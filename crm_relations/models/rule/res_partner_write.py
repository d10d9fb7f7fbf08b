from odoo import api, models


class ResPartner(models.Model):
    """The one meaning of a write of customers and contacts.

    A room that has to know of it extends a hook, ``super()`` first: so the hooks run in
    the order of the rooms, and each room finds done what those before it do.

    1. ``_check_write``: who may; nothing has been written yet.
    2. ``_lock_for_write``: rows for which others may contend.
    3. ``_before_write``: what has to be remembered, or done before.
    4. Odoo writes.
    5. ``_after_write``: what follows.
    """

    _inherit = "res.partner"

    def write(self, vals):
        vals = self._read_ids(vals)
        # A copy: Odoo takes out of the values what it writes in its own way.
        asked = dict(vals)
        self._check_write(asked)
        self._lock_for_write(asked)
        memory = self._before_write(asked)
        with self._asking_once():
            result = super().write(vals)
        self._after_write(asked, memory)
        return result

    @api.model
    def _read_ids(self, vals):
        """Return the values with ids for links: a client may send a text, a list, a
        dictionary or True instead, and Odoo writes none then. A hook that took
        it for a salesperson would let a customer out of its pool."""
        read = dict(vals)
        for name, value in vals.items():
            field = self._fields.get(name)
            # What is an id, or none, most often is one.
            if field and field.type == "many2one" and type(value) is not int and value:
                read[name] = self._read_id(field, value)
        return read

    def _read_id(self, field, value):
        if isinstance(value, dict):  # the values of a record that is never saved
            return False
        cached = field.convert_to_cache(value, self, validate=False)
        return cached if type(cached) is int else False

    def _write_unseen(self, vals):
        """Write without any of the hooks: for rooms that do what follows themselves."""
        return super().write(vals)

    def _write_ours(self, vals):
        """Write what only the suite knows and nobody has asked for, with what follows;
        past what Odoo looks up for users, addresses and contacts at each write."""
        memory = self._before_write(vals)
        models.BaseModel.write(self, vals)
        self._after_write(vals, memory)

    def _check_write(self, vals):
        """Hook: raise if the caller may not write these values on these records."""

    def _lock_for_write(self, vals):
        """Hook: lock rows before anything is written."""

    def _before_write(self, vals):
        """Hook: remember what the values will change.

        :return: ``{name: anything}``, handed on to ``_after_write``
        """
        return {}

    def _after_write(self, vals, memory):
        """Hook: these values have been written."""

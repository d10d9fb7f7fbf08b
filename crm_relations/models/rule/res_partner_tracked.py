from odoo import api, models
from odoo.tools import ormcache

from ...tools.suite import is_ours

# Where Odoo tracks nothing either.
UNTRACKED = ("tracking_disable", "mail_notrack")


class ResPartner(models.Model):
    """What is ours is tracked where it is written.

    Odoo reads all that is tracked, of each contact that is written, before and after,
    whatever is written. Of ours nothing can have changed then but what was written:
    none of it is computed.
    """

    _inherit = "res.partner"

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        tracked = self._get_tracked_of_ours()
        if not tracked.isdisjoint(vals) and not self._is_untracked():
            super()._track_prepare(tracked.intersection(vals))
        return memory

    def _is_untracked(self):
        return any(self.env.context.get(key) for key in UNTRACKED)

    def _track_prepare(self, fields_iter):
        if fields_iter is self._fields:
            fields_iter = self._get_tracked_of_others()
        return super()._track_prepare(fields_iter)

    def _message_track(self, fields_iter, initial_values_dict):
        seen = set().union(*filter(None, initial_values_dict.values()))
        ours = self._get_tracked_of_ours() - seen
        return super()._message_track(set(fields_iter) - ours, initial_values_dict)

    @api.model
    @ormcache(cache="stable")
    def _get_tracked_of_ours(self):
        # Superuser: the same for whoever asks.
        tracked = map(self._fields.get, self.sudo()._track_get_fields() or ())
        return frozenset(field.name for field in tracked if is_ours(field))

    @api.model
    @ormcache(cache="stable")
    def _get_tracked_of_others(self):
        # Superuser: as above; Odoo asks itself what the user may see.
        tracked = frozenset(self.sudo()._track_get_fields() or ())
        return tracked - self._get_tracked_of_ours()

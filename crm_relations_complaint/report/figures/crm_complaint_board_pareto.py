from odoo import api, models
from odoo.fields import Domain

from ...tools.pareto import OTHER, get_pareto

MOST_BARS = 8
OTHER_CATEGORY = "crm_relations_complaint.crm_complaint_category_other"


class CrmComplaintBoard(models.AbstractModel):
    """The Pareto chart: what few things most complaints are about."""

    _inherit = "crm.complaint.board"

    @api.model
    def _get_dimensions(self):
        return {
            "category_id": self.env._("Category"),
            "root_category_id": self.env._("Main category"),
            "cause_ids": self.env._("Cause"),
            "product_id": self.env._("Product"),
            "channel": self.env._("Came by"),
        }

    @api.model
    def _get_bars(self, dimension, since):
        """Return the bars, the most frequent first; of several causes a complaint
        counts once under each, and the shares are of all causes named."""
        of_period = Domain("registered_at", ">=", since)
        report = self.env["crm.complaint.report"]
        counts = {
            (key.id if isinstance(key, models.BaseModel) else key): (key, count)
            for key, count in report._read_group(of_period, [dimension], ["__count"])
        }
        bars = get_pareto(
            {key: count for key, (_value, count) in counts.items()},
            MOST_BARS,
            last=self._get_keys_of_other(dimension),
        )
        named = [bar.key for bar in bars if bar.key != OTHER]
        labels = self._get_bar_labels(dimension, counts)
        return [
            {
                "key": bar.key,
                "label": labels.get(bar.key) or self._get_empty_label(bar.key),
                "count": bar.count,
                "share": bar.share / 10,
                "running": bar.running / 10,
                "height": 100 * bar.count / max(other.count for other in bars),
                "is_other": bar.key == OTHER,
                "model": "crm.complaint.report",
                "domain": list(
                    of_period & self._get_bar_domain(dimension, bar.key, counts, named)
                ),
            }
            for bar in bars
        ]

    @api.model
    def _get_keys_of_other(self, dimension):
        """Return the ids of what means "other" itself: it is last, however much it
        is."""
        if dimension not in ("category_id", "root_category_id"):
            return []
        other = self.env.ref(OTHER_CATEGORY, raise_if_not_found=False)
        return other.ids if other else []

    @api.model
    def _get_bar_labels(self, dimension, counts):
        if dimension == "channel":
            field = self.env["crm.complaint.report"]._fields["channel"]
            return dict(field._description_selection(self.env))
        # Superuser: names of what stands in complaints that the caller has counted.
        return {
            key: value.sudo().display_name
            for key, (value, _count) in counts.items()
            if value
        }

    @api.model
    def _get_empty_label(self, key):
        return self.env._("Other") if key == OTHER else self.env._("Not said")

    @api.model
    def _get_bar_domain(self, dimension, key, counts, named):
        if key != OTHER:
            return Domain(dimension, "=", key)
        rest = [other for other in counts if other not in named]
        return Domain(dimension, "in", rest)

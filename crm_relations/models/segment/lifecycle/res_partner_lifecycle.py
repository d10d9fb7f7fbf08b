from operator import itemgetter

from odoo import api, fields, models

from .crm_lifecycle_layers import LAYERS


class ResPartner(models.Model):
    """The layer of the lifecycle, why, and what time alone will make of it."""

    _inherit = "res.partner"

    lifecycle = fields.Selection(
        selection=LAYERS,
        readonly=True,
        copy=False,
        group_expand=True,
        help="Decided every night by the lifecycle rules.",
        written_by="decided",
    )
    lifecycle_since = fields.Date(
        readonly=True,
        copy=False,
        written_by="decided",
    )
    lifecycle_reason = fields.Json(
        string="Why This Layer", compute="_compute_lifecycle_reason"
    )
    lifecycle_change_ids = fields.One2many(
        comodel_name="crm.lifecycle.change",
        inverse_name="partner_id",
        string="Lifecycle History",
    )

    @api.depends("lifecycle")
    @api.depends_context("lang")
    def _compute_lifecycle_reason(self):
        self._explain_latest(
            "lifecycle_reason",
            "crm.lifecycle.change",
            lambda partner, change: {
                "rule": change.rule_id,
                "since": partner.lifecycle_since,
                "following": partner._get_next_layer_sentence(change),
            },
        )

    def _get_archive_triggers(self):
        return [*super()._get_archive_triggers(), "lifecycle"]

    def _get_next_layer_sentence(self, change):
        """Return when silence alone moves the customer on, "" when it never does."""
        layer, day = self._get_next_layer(change)
        if not layer:
            return ""
        labels = dict(self._fields["lifecycle"]._description_selection(self.env))
        return self.env._(
            "Without another order: %(layer)s on %(day)s.",
            layer=labels[layer],
            day=self.env.user._tell_day(day),
        )

    def _get_next_layer(self, change):
        """Return (layer, date) of the first rule before the present one that silence
        makes true, (None, None) when there is none."""
        self.ensure_one()
        rules = change.rule_id._get_in_force()._get_started()
        # Its own rhythm may have changed since it entered the layer.
        rhythm = self.order_interval_days or (change.facts or {}).get("rhythm")
        if not self.last_order_on or not rhythm or change.rule_id not in rules:
            return None, None
        before = rules[: rules.ids.index(change.rule_id.id)]
        others = before.filtered(lambda rule: rule.layer != self.lifecycle)
        dates = [
            (rule._get_day_of_silence(self, rhythm), rule.layer) for rule in others
        ]
        known = [line for line in dates if line[0]]
        day, layer = min(known, key=itemgetter(0), default=(None, None))
        return layer, day

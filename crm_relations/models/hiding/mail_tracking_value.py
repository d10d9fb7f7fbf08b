from odoo import models


class MailTrackingValue(models.Model):
    """The chatter tells old and new numbers: not those that a pool hides."""

    _inherit = "mail.tracking.value"

    def _filter_has_field_access(self, env):
        shown = super()._filter_has_field_access(env)
        if env.su or not env["crm.pool"]._get_masking():
            return shown
        for model, values in shown.grouped(lambda value: value.field_id.model).items():
            names = getattr(env[model], "_get_hidden_fields", dict)() if model else {}
            told = values.filtered(
                lambda value, names=names: value.field_id.name in names
            )
            if told:
                shown -= told._filter_masked(env[model], names)
        return shown

    def _filter_masked(self, model, names):
        """Return those that tell what is hidden in their record."""
        # Superuser: which records these values are of.
        numbers = {value: value.sudo().mail_message_id.res_id for value in self}
        masked = model.browse(set(numbers.values())).exists()._get_masked()
        return self.filtered(
            lambda value: names[value.field_id.name] in masked.get(numbers[value], ())
        )

from odoo import models


class CrmReason(models.AbstractModel):
    """Why a customer leaves its owner: by a date that the company keeps."""

    _inherit = "crm.reason"

    def _get_date_label(self, facts):
        """Return what the date is called, in the reader's language."""
        model = facts.get("date_model")
        fields = self.env[model]._fields if model in self.env else {}
        field = fields.get(facts.get("date_field"))
        if not field:
            return self.env._("Date")
        return field._description_string(self.env)

    def _get_date_values(self, facts):
        values = self._get_pool_values(facts)
        return {**values, "date": self._get_date_label(facts)}

    def _sentence_pool_date(self, facts):
        values = self._get_date_values(facts)
        sentence = (
            self.env._(
                "%(user)s has had the customer since %(owned)s, after its latest date "
                "(%(date)s: %(event)s).",
                **values,
            )
            if facts.get("taken_over")
            else self.env._(
                "The latest date (%(date)s) is %(event)s, %(user)s is the salesperson.",
                **values,
            )
        )
        return self._add_allowed_days(sentence, facts)

    def _released_date(self, facts, values):
        return self.env._(
            "The latest date of the customer of %(user)s (%(date)s) was %(event)s; "
            "%(days)s are allowed.",
            **self._get_date_values(facts),
        )

    def _brief_pool_date(self, facts):
        return self.env._(
            "%(date)s: %(day)s",
            date=self._get_date_label(facts),
            day=self._format_day(facts.get("event")),
        )

    def _figures_pool_date(self, facts):
        return self._get_pool_figures(
            facts, self._get_date_label(facts), facts.get("event")
        )

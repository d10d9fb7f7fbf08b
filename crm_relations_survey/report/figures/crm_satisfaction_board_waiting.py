from odoo import api, models
from odoo.fields import Domain

NOTHING = (None,) * 10


class CrmSatisfactionBoard(models.AbstractModel):
    """Whom anonymous answers wait for stands in the ranking: how many, no figure."""

    _inherit = "crm.satisfaction.board"

    @api.model
    def _get_ranking(self, study, domain, by):
        lines = super()._get_ranking(study, domain, by)
        if not study.is_anonymous:
            return lines
        ranked = {line["id"] for line in lines}
        waiting = self._count_waiting(study, by)
        return lines + [
            self._prepare_waiting(study, domain, by, unit, count)
            for unit, count in waiting
            if unit.id not in ranked
        ]

    @api.model
    def _count_waiting(self, study, by):
        """Return ``[(unit, number of answers that no figure shows)]``."""
        whose = study._get_whose_domain()
        waiting = Domain("study_id", "=", study.id) & Domain("is_held_back", "=", True)
        # Superuser: how many there are; of whom, says the domain.
        responses = self.env["crm.satisfaction.response"].sudo()
        return responses._read_group(waiting & whose, [by], ["__count"])

    @api.model
    def _prepare_waiting(self, study, domain, by, unit, count):
        nothing = self._prepare_figures(0, 0, *NOTHING)
        line = self._prepare_rank(study, by, unit, nothing, nothing, domain)
        few = self.env._(
            "Anonymous answers that wait for more: %(count)s. Shown together are "
            "%(needed)s about the same salesperson",
            count=count,
            needed=study.minimum_count,
        )
        return line | {"few": few, "place": ""}

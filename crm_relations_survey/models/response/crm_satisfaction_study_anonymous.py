from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# Fewer together would be guessed by who has asked them.
LEAST = 5
SEES_ALL = (
    "crm_relations_survey.group_satisfaction_specialist",
    "crm_relations.group_relations_manager",
)


class CrmSatisfactionStudy(models.Model):
    """Answers of an anonymous study are shown together, or not at all."""

    _inherit = "crm.satisfaction.study"

    is_anonymous = fields.Boolean(
        string="Anonymous",
        help="Nobody opens a single answer, and nobody is alarmed by one. Answers are "
        "counted in all figures together, as soon as there are enough about the same "
        "salesperson.",
    )
    waiting_count = fields.Integer(
        string="Waiting",
        compute="_compute_waiting_count",
        help="Anonymous answers that no figure shows yet.",
    )

    def _compute_waiting_count(self):
        counts = self._count_anonymous(Domain("is_held_back", "=", True))
        for study in self:
            study.waiting_count = counts.get(study, 0)

    def _count_anonymous(self, domain=Domain.TRUE):
        """Return ``{study: number of anonymous answers}``."""
        # Superuser: how many there are; nobody reads them.
        responses = self.env["crm.satisfaction.response"].sudo()
        rows = responses._read_group(
            domain
            & Domain("study_id", "in", self.ids)
            & Domain("is_anonymous", "=", True),
            ["study_id"],
            ["__count"],
        )
        return {study.sudo(self.env.su): count for study, count in rows}

    @api.model
    def _get_whose_domain(self):
        """Return the domain of the answers whose figures the caller may see, where the
        answers themselves are seen by nobody."""
        user = self.env.user
        here = Domain("company_id", "in", self.env.companies._get_open().ids)
        if any(map(user.has_group, SEES_ALL)):
            return here
        whose = Domain("user_id", "=", user.id)
        if user.has_group("crm_relations.group_sales_manager"):
            whose |= Domain("team_id.user_id", "=", user.id)
            whose |= Domain("user_id.sale_team_id.user_id", "=", user.id)
        return here & whose

    @api.constrains("is_anonymous", "minimum_count", "kind")
    def _check_is_anonymous(self):
        for study in self.filtered("is_anonymous"):
            if study.kind == "check":
                raise ValidationError(
                    self.env._("Who was checked knows it: checks are not anonymous.")
                )
            if study.minimum_count < LEAST:
                raise ValidationError(
                    self.env._(
                        "Fewer than %s answers together are not anonymous.", LEAST
                    )
                )

    def write(self, vals):
        if "is_anonymous" in vals:
            self._check_keeps_word(vals["is_anonymous"])
        return super().write(vals)

    def _check_keeps_word(self, is_anonymous):
        """What customers were told when they answered stays true."""
        changed = self.filtered(lambda study: study.is_anonymous != bool(is_anonymous))
        # Superuser: whether anybody has answered.
        responses = self.env["crm.satisfaction.response"].sudo()
        found = responses.search(
            [("study_id", "in", changed.ids), ("state", "=", "answered")], limit=1
        )
        if found:
            raise ValidationError(
                self.env._(
                    "“%s” has answers: whether they are anonymous does not change any "
                    "more. Make a new study.",
                    found.study_id.name,
                )
            )

    def _show_lots(self):
        """Let the figures show what waits and is enough by now, as superuser."""
        waiting = self.env["crm.satisfaction.response"].search(
            [("study_id", "in", self.ids), ("is_held_back", "=", True)]
        )
        lots = waiting.grouped(
            lambda one: (one.study_id, one.company_id, one.team_id, one.user_id)
        )
        for (study, *_whose), lot in lots.items():
            if len(lot) >= study.minimum_count:
                lot._show_lot()

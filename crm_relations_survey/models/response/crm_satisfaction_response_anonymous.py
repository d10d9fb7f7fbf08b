from random import SystemRandom
from uuid import uuid4

from odoo import fields, models


class CrmSatisfactionResponse(models.Model):
    """An anonymous answer waits until there are enough about the same salesperson.

    Then all that wait enter the figures at once: with one day, without customer, way
    and remark, in an order of chance. So whatever is filtered, grouped or subtracted
    consists of whole lots, each of them large enough.
    """

    _inherit = "crm.satisfaction.response"

    is_anonymous = fields.Boolean(
        string="Anonymous",
        readonly=True,
        copy=False,
        help="Nobody reads this answer on its own.",
    )
    # There are too few to be shown together.
    is_held_back = fields.Boolean(
        readonly=True, copy=False, export_string_translation=False
    )
    # The number under which the figures show it: that of any answer of its lot.
    shown_as = fields.Integer(
        readonly=True, copy=False, aggregator=None, export_string_translation=False
    )

    _held_back_idx = models.Index("(study_id) WHERE is_held_back")

    def _prepare_answered_vals(self, answers, factors):
        vals = super()._prepare_answered_vals(answers, factors)
        if self.study_id.is_anonymous:
            vals |= {"is_anonymous": True, "is_held_back": not self.shown_as}
        return vals

    def _get_answered_on(self):
        """The day on which an anonymous answer was given would tell whose it is."""
        if self.study_id.is_anonymous:
            return self.answered_on if self.shown_as else False
        return super()._get_answered_on()

    def _score(self):
        result = super()._score()
        hidden = self.filtered("is_anonymous")
        if hidden:
            hidden._lock_up()
            _shuffle(hidden.filtered("shown_as").score_ids)
            hidden.study_id._show_lots()
        return result

    def _lock_up(self):
        """The keys by which these could still be opened fit no more."""
        for answer in self.user_input_id:
            answer.access_token = str(uuid4())

    def _show_lot(self):
        """Let the figures show these, as superuser: together, or not at all."""
        _shuffle(self)
        _shuffle(self.score_ids)
        day = self.company_id._get_relations_today()
        self.write({"is_held_back": False, "answered_on": day})
        self.score_ids.write({"answered_on": day})


def _shuffle(records):
    """Show each of these under the number of any of them."""
    numbers = list(records.ids)
    SystemRandom().shuffle(numbers)
    for record, number in zip(records, numbers, strict=True):
        record.shown_as = number

from datetime import date

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.arguments import Id, Text


class CrmClubMembership(models.Model):
    """Benefits: what is left of them, and who uses one."""

    _inherit = "crm.club.membership"

    def _get_benefits(self, day=None):
        """Return the benefits of the member's level with their use in the year of the
        day: ``[{"benefit": record, "quota", "used", "left"}]``, left None without a
        quota. Two statements."""
        self.ensure_one()
        day = day or self.club_id._get_today()
        benefits = self.level_id.benefit_ids
        counts = dict(
            self.env["crm.club.benefit.use"]._read_group(
                [
                    ("membership_id", "=", self.id),
                    ("benefit_id", "in", benefits.ids),
                    ("used_on", ">=", date(day.year, 1, 1)),
                    ("used_on", "<=", date(day.year, 12, 31)),
                    ("taken_back_at", "=", False),
                ],
                ["benefit_id"],
                ["__count"],
            )
        )
        return [
            {
                "benefit": benefit,
                "quota": benefit.yearly_quota,
                "used": (used := counts.get(benefit, 0)),
                "left": max(0, benefit.yearly_quota - used)
                if benefit.yearly_quota
                else None,
            }
            for benefit in benefits
        ]

    def use_benefit(self, benefit_id: Id, note: Text = ""):
        """Record that the member uses a benefit of its level now, at most so often a
        year as the benefit says, however many record it at once.

        Whoever works with the customer may, and the callback agents.

        :return: id of the record of use
        :raise UserError: the quota is used up, the level has no such benefit, or the
            membership is not active
        """
        self.ensure_one()
        self._check_may_use()
        # Superuser: nobody writes uses; the right has just been checked.
        membership = self.sudo()
        membership._take_turn()
        membership._check_left(benefit_id)
        use = self.env["crm.club.benefit.use"].sudo()
        return use.create(
            {
                "membership_id": self.id,
                "benefit_id": benefit_id,
                "used_on": membership.club_id._get_today(),
                "user_id": self.env.uid,
                "note": note or False,
            }
        ).id

    def _take_turn(self):
        """Let whoever uses a benefit of this member at the same time come after."""
        # Who waits here sees the numbers of before: so the row is written, and the
        # database lets the later one begin anew.
        self.env.execute_query(
            SQL(
                "UPDATE crm_club_membership"
                " SET use_number = COALESCE(use_number, 0) + 1"
                " WHERE id = %s RETURNING use_number",
                self.id,
            )
        )
        self.invalidate_recordset(["use_number", "state", "level_id"])

    def _check_left(self, benefit_id):
        """Refuse a benefit that this member cannot use, or not any more this year.

        :raise UserError: says why
        """
        if self.state != "active" or self._is_over():
            raise UserError(self.env._("Only an active member uses benefits."))
        standing = [
            line for line in self._get_benefits() if line["benefit"].id == benefit_id
        ]
        if not standing:
            raise UserError(self.env._("The level of this member has no such benefit."))
        [line] = standing
        if line["left"] == 0:
            raise UserError(
                self.env._(
                    "%(benefit)s: all %(quota)s of this year are used.",
                    benefit=line["benefit"].name,
                    quota=line["quota"],
                )
            )

    def _is_over(self):
        """Return whether the last day has passed; the night will end it."""
        return bool(self.valid_until) and self.valid_until < self.club_id._get_today()

    def _check_may_use(self):
        self.check_access("read")
        if not self.env.user.has_group("crm_relations.group_callback_agent"):
            self._check_may_manage()

    def action_use_benefit(self):
        """Open the dialog that asks which."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Use a Benefit"),
            "res_model": "crm.club.benefit.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_membership_id": self.id},
        }

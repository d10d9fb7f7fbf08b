from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.arguments import Answers

KEEPERS = ("crm_relations.group_custodian", "crm_relations.group_relations_manager")


class ResPartner(models.Model):
    """Who keeps the archive of a customer, and by when it is reviewed."""

    _inherit = "res.partner"

    upkeep_ids = fields.One2many(
        comodel_name="crm.archive.upkeep", inverse_name="partner_id", readonly=True
    )
    custodian_id = fields.Many2one(related="upkeep_ids.custodian_id")
    verified_on = fields.Date(related="upkeep_ids.verified_on", string="Verified on")
    review_due = fields.Date(related="upkeep_ids.review_due", string="Review by")

    may_verify_archive = fields.Boolean(compute="_compute_may_verify_archive")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_may_verify_archive(self):
        for customer in self:
            customer.may_verify_archive = customer._may_verify_archive()

    def _may_verify_archive(self):
        """Tell whether the caller verifies this archive: its custodian, who keeps all
        archives, and who changes this one."""
        user = self.env.user
        if not self.is_managed_customer:
            return False
        if any(user.has_group(group) for group in KEEPERS):
            return True
        # Superuser: who keeps it is no secret.
        mine = self.sudo().upkeep_ids.custodian_id == user
        return mine or self._may_change_archive()

    @api.model
    def _get_signs_of_people(self):
        """The nightly rules give each customer its row; people verify it."""
        signs = super()._get_signs_of_people()
        return signs | {"crm_archive_upkeep": SQL("verified_at IS NOT NULL")}

    def verify_archive(self) -> Answers:
        """Say that the archives of these customers are right as they stand today; the
        next review is due after the interval of their tier.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            no_right (neither its custodian nor one who changes the archive), blocked
            (no customer that is managed), missing
        """
        # Superuser: the answer to who may not see it is no_right, not silence.
        found = self.sudo().exists()
        upkeeps = found._get_upkeeps()
        refusals = dict.fromkeys(
            set(self.ids) - set(found.ids),
            ("missing", self.env._("It does not exist any more.")),
        )
        allowed = self.env["crm.archive.upkeep"]
        for customer in found:
            upkeep = upkeeps.get(customer)
            if not upkeep:
                message = self.env._("Only managed customers have an archive.")
                refusals[customer.id] = ("blocked", message)
            elif not customer.sudo(self.env.su)._may_verify_archive():
                message = self.env._("Somebody else keeps this archive.")
                refusals[customer.id] = ("no_right", message)
            else:
                allowed |= upkeep
        if allowed:
            allowed.sudo(self.env.su)._verify()
        return self._get_transfer_answers(refusals, self.env._("Verified."))

    def _get_upkeeps(self):
        """Return ``{customer: its row}``, made for those that are new."""
        rows = self.env["crm.archive.upkeep"].search([("partner_id", "in", self.ids)])
        missing = self - rows.partner_id
        if missing:
            rows._refresh(missing.ids)
            rows = rows.search([("partner_id", "in", self.ids)])
        return {row.partner_id: row for row in rows}

    def action_verify_archive(self):
        """Verify these archives, and say what came of it."""
        return self.env["crm.answer.summary"]._open_or_refuse(self.verify_archive())

    def _owner_changed(self, kind):
        result = super()._owner_changed(kind)
        # Superuser: rules decide for all, whoever gives the customer away.
        self.env["crm.archive.upkeep"].sudo()._refresh(self.ids)
        return result

    def _segment_changed(self):
        result = super()._segment_changed()
        # Superuser: as above.
        self.env["crm.archive.upkeep"].sudo()._refresh(self.ids)
        return result

    @api.model
    def _get_models_of_closed_history(self):
        """The archive of who has become a contact is that of its customer."""
        return super()._get_models_of_closed_history() | {"crm.archive.upkeep"}

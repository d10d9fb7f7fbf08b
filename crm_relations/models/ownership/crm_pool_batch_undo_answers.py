from odoo import models
from odoo.tools import SQL

from ...tools.sentences import join_words


class CrmPoolBatch(models.Model):
    """What stands against going back, and what an undo says of each customer."""

    _inherit = "crm.pool.batch"

    def _get_full_receivers(self, changes):
        """Return ``{customer id: (code, message)}`` of those whom their former
        salespeople may not get back for their caps."""
        if self.env.user.has_group("crm_relations.group_relations_manager"):
            return {}
        # Superuser: who has a customer now, whoever undoes. Those touched since would
        # take the room of those that go back.
        untouched = changes.sudo().filtered(
            lambda change: (
                change.partner_id.user_id == change.to_user_id
                and change.partner_id.pool_id == change.to_pool_id
            )
        )
        owners = {
            change.partner_id.id: change.from_user_id.id
            for change in untouched
            if change.from_user_id.active
        }
        # Of a swap, the one that leaves makes room for the one that comes back.
        freed = untouched.filtered("to_user_id").partner_id.ids
        return self.env["res.partner"]._get_cap_refusals(owners, freed)

    def _get_half_refusals(self, changes, full):
        """Return ``{customer id: (code, message)}`` of a swap of which only one half
        could go back: then none does, or somebody would have both, or neither.

        :param full: refusals for caps
        """
        if self.kind != "swap":
            return {}
        # Superuser: who had and has its customers, whoever undoes.
        lines = self.sudo().change_ids
        latest = lines.partner_id._get_latest_changes("crm.ownership.change")
        whole = lines <= changes and all(
            latest.get(line.partner_id.id) == line
            and line.partner_id.id not in full
            and (not line.from_user_id or line.from_user_id.active)
            for line in lines
        )
        if whole:
            return {}
        message = self.env._(
            "A swap goes back as a whole, and the other customer cannot."
        )
        return dict.fromkeys(lines.partner_id.ids, ("touched", message))

    def _drop_first_contacts(self, partner_ids):
        """Remove the activities that were planned when these customers were claimed."""
        self.env.execute_query(
            SQL(
                """
                DELETE FROM mail_activity AS planned
                 USING crm_ownership_change AS change, crm_pool AS pool
                 WHERE change.batch_id = %(batch)s AND change.kind IN ('claim', 'swap')
                   AND change.partner_id = ANY(%(ids)s)
                   AND pool.id = change.from_pool_id
                   AND planned.res_model = 'res.partner'
                   AND planned.res_id = change.partner_id AND planned.active
                   AND planned.automated AND planned.user_id = change.to_user_id
                   AND planned.activity_type_id = pool.contact_activity_type_id
             RETURNING planned.id
                """,
                batch=self.id,
                ids=list(partner_ids),
            )
        )
        self.env["mail.activity"].invalidate_model()

    def _get_undo_answers(self, changes, restored, left, full):
        restored = set(restored)
        return [
            self._get_undo_answer(
                change,
                change.partner_id.id in restored,
                left.get(change.partner_id.id),
                full.get(change.partner_id.id),
            )
            for change in changes.sorted("id")
        ]

    def _get_undo_answer(self, change, done, left, refusal):
        owner = change.from_user_id
        if done:
            code, message = "ok", self._get_back_message(change, left)
        elif owner and not owner.active:
            code = "no_owner"
            message = self.env._(
                "%(user)s does not work here any more.", user=owner.name
            )
        elif refusal:
            code, message = refusal
        else:
            code, message = "touched", self.env._("Somebody has touched it since.")
        return {
            "id": change.partner_id.id,
            "ok": done,
            "code": code,
            "message": message,
        }

    def _get_back_message(self, change, left):
        if change.from_user_id:
            message = self.env._("Back with %(user)s.", user=change.from_user_id.name)
        elif change.from_pool_id:
            pool = change.from_pool_id.name
            message = self.env._("Back in the pool %(pool)s.", pool=pool)
        else:
            message = self.env._("Without salesperson again.")
        if left:
            message += " " + self.env._(
                "Touched since, so it stays: %(items)s.",
                items=join_words(self.env, left),
            )
        return message

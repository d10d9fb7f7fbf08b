from markupsafe import Markup

from odoo import models

from ...tools.counted import tell_customers
from ...tools.sentences import join_words

# Customers named in a message; the rest is a number.
NAMED = 10


class CrmPoolBatch(models.Model):
    """One message a person tells what has been handed over."""

    _inherit = "crm.pool.batch"

    def _create_transfer(self, kind, note, share_until):
        today = self.env["res.company"]._get_relations_default()._get_relations_today()
        return self.create(
            {
                "kind": kind,
                "date": today,
                "user_id": self.env.uid,
                "note": note.strip(),
                "share_until": share_until,
            }
        )

    def _drop(self):
        """Remove a batch that moved nothing; return none."""
        self.unlink()
        return self.browse()

    def _customers_given(self, change_ids):
        result = super()._customers_given(change_ids)
        if change_ids and self.share_until:
            self._keep_shares(change_ids)
        return result

    def _keep_shares(self, change_ids):
        """Let the former owners keep access until the day of this batch."""
        changes = self.env["crm.ownership.change"].browse(change_ids)
        users = {
            change.partner_id.id: change.from_user_id.id
            for change in changes
            if change.from_user_id.active
        }
        self.env["res.partner"]._add_shares(
            users, self.share_until, "former", self.note, self.env.uid
        )

    def _tell_new_owners(self):
        """Send each new owner one message, in the own language; return the batch."""
        changes = self.env["crm.ownership.change"]._read_group(
            [("batch_id", "=", self.id), ("to_user_id", "!=", self.env.uid)],
            ["to_user_id"],
            ["__count"],
        )
        items = self._count_items_by_receiver()
        for user, count in changes:
            batch = self.with_context(lang=user.lang)
            self.env["mail.thread"].with_context(lang=user.lang).message_notify(
                partner_ids=user.partner_id.ids,
                subject=batch.env._(
                    "Handed over to you: %s", tell_customers(batch.env, count)
                ),
                body=batch._get_message_body(user, count, items.get(user, [])),
                author_id=self.env.user.partner_id.id,
                email_layout_xmlid="mail.mail_notification_light",
            )
        return self

    def _count_items_by_receiver(self):
        counts = {}
        for user, kind, count in self.env["crm.handover.item"]._read_group(
            [("batch_id", "=", self.id)], ["to_user_id", "kind"], ["__count"]
        ):
            counts.setdefault(user, []).append((kind, count))
        return counts

    def _get_message_body(self, user, count, items):
        changes = self.env["crm.ownership.change"].search(
            [("batch_id", "=", self.id), ("to_user_id", "=", user.id)],
            order="id",
            limit=NAMED,
        )
        lines = [
            self.env._(
                "%(user)s handed these customers over to you:", user=self.env.user.name
            ),
            changes.partner_id._get_named_links("my-customers", count),
        ]
        labels = self.env["crm.handover.mixin"]._get_handover_labels()
        if items:
            along = [
                self.env._(
                    "%(what)s: %(count)s", what=labels.get(kind, kind), count=number
                )
                for kind, number in items
            ]
            moved = join_words(self.env, along)
            lines.append(self.env._("With them came: %(items)s.", items=moved))
        if self.note:
            lines.append(self.env._("Note: %(note)s", note=self.note))
        if self.share_until:
            day = self.env.user._tell_day(self.share_until)
            lines.append(
                self.env._(
                    "The former salesperson keeps access until %(day)s.", day=day
                )
            )
        return Markup("").join(Markup("<p>%s</p>") % line for line in lines)

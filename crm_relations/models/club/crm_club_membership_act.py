from datetime import timedelta

from odoo import models
from odoo.exceptions import AccessError, UserError


class CrmClubMembership(models.Model):
    """What is done with a membership: join, suspend, resume, renew, end; each leaves a
    line in its history."""

    _inherit = "crm.club.membership"

    def _check_may_manage(self):
        """Refuse whoever does not work with the customers of these.

        :raise AccessError: in words
        """
        self.check_access("read")
        for membership in self - self._filter_may_manage():
            raise AccessError(
                self.env._(
                    "Only who works with the customer changes the membership of "
                    "%(member)s.",
                    member=membership.display_name,
                )
            )

    def _take(self, *states):
        """Return these as superuser, locked against whoever acts at the same time.

        :raise UserError: one of them is in another state
        """
        self._check_may_manage()
        # Superuser: nobody writes memberships; the right has just been checked.
        taken = self.sudo()
        taken.lock_for_update(allow_referencing=True)
        taken.invalidate_recordset(["state"])
        labels = dict(self._fields["state"]._description_selection(self.env))
        for membership in taken.filtered(lambda one: one.state not in states):
            raise UserError(
                self.env._(
                    "The membership of %(member)s is: %(state)s. This cannot be done "
                    "then.",
                    member=membership.display_name,
                    state=labels[membership.state],
                )
            )
        return taken

    def action_join(self):
        """The invitation was accepted."""
        self._take("invited")._become_members(self.env.uid)

    def action_suspend(self):
        """The card earns and spends nothing until it is resumed."""
        taken = self._take("active")
        taken.state = "suspended"
        taken.card_id.active = False
        taken._note("suspended", self.env.uid)

    def action_resume(self):
        taken = self._take("suspended")
        taken.state = "active"
        taken.card_id.active = True
        taken._note("resumed", self.env.uid)

    def action_renew(self):
        """Let these go on for another term of their clubs."""
        for membership in self._take("active", "suspended"):
            if not membership.valid_until:
                raise UserError(
                    self.env._(
                        "The membership of %(member)s does not end by itself.",
                        member=membership.display_name,
                    )
                )
            club = membership.club_id
            start = membership.valid_until + timedelta(days=1)
            membership.valid_until = club._get_end_of_validity(start)
            membership._note(
                "renewed", self.env.uid, until=str(membership.valid_until or "")
            )

    def action_end(self):
        """The member leaves, or the invitation was declined."""
        taken = self._take("invited", "active", "suspended")
        taken._end("ended", self.env.uid)

    def _become_members(self, uid):
        """Give these a number, a card and a level, without asking who may."""
        for club, some in self.grouped("club_id").items():
            today = club._get_today()
            level = club._get_entry_level()
            numbers = club._get_numbers(len(some))
            cards = some._get_cards()
            for membership, number in zip(some, numbers, strict=True):
                membership.write(
                    {
                        "state": "active",
                        "number": number,
                        "joined_on": today,
                        "valid_until": club._get_end_of_validity(today),
                        "card_id": cards[membership.partner_id.id].id,
                        "level_id": level.id,
                        "level_since": level and today,
                    }
                )
            some._note("joined", uid, new=level)

    def _get_cards(self):
        """Return ``{partner id: card}`` of members of one club; who has a card of its
        program, from before, keeps it with its points."""
        program = self.club_id.program_id
        cards = self.env["loyalty.card"].with_context(active_test=False)
        known = cards.search(
            [
                ("program_id", "=", program.id),
                ("partner_id", "in", self.partner_id.ids),
            ],
            order="id desc",
        )
        known.active = True
        found = {card.partner_id.id: card for card in known}
        missing = self.partner_id.filtered(lambda one: one.id not in found)
        made = cards.create(
            [
                {"program_id": program.id, "partner_id": partner.id, "points": 0}
                for partner in missing
            ]
        )
        return found | {card.partner_id.id: card for card in made}

    def _end(self, kind, uid):
        """End these without asking who may: by hand, by their day, by a merge."""
        for club, some in self.grouped("club_id").items():
            some.write({"state": "ended", "ended_on": club._get_today()})
        self.card_id.active = False
        self._note(kind, uid)

    def _note(self, kind, uid, new=None, **facts):
        """Write a line of history for each of these."""
        self.env["crm.club.level.change"].create(
            [
                {
                    "partner_id": membership.customer_id.id,
                    "company_id": membership.company_id.id,
                    "membership_id": membership.id,
                    "kind": kind,
                    "old_level_id": new is None and membership.level_id.id,
                    "new_level_id": membership.level_id.id,
                    "user_id": uid,
                    "facts": {
                        "code": "club_state",
                        "kind": kind,
                        "user": uid,
                        "club": membership.club_id.id,
                        "club_member": membership.partner_id.id,
                        **facts,
                    },
                }
                for membership in self
            ]
        )

from odoo import models


class CrmCareTask(models.Model):
    """Care that invites to a club: the person, else the customer."""

    _inherit = "crm.care.task"

    def _send_by_club(self, outcomes):
        """Invite those who are not in the club: by e-mail, else a person hands it
        over."""
        club = self.rule_id.club_id
        # Superuser: rules invite whoever has the occasion.
        members = self.env["crm.club.membership"].sudo()
        known = members.search(
            [("club_id", "=", club.id), ("state", "!=", "ended")]
            + [("customer_id", "in", self.partner_id.ids)]
        ).partner_id
        done = self.filtered(lambda task: task._get_invited() <= known)
        invited = (self - done).filtered(lambda task: task._may_be_in(club))
        memberships = club.sudo()._take_in(
            self.env["res.partner"].union(*(one._get_invited() for one in invited)),
            "invited",
            None,
        )
        reached = memberships._send_invitations().partner_id
        done |= invited.filtered(lambda task: task._get_invited() <= reached)
        found = (self - done)._create_activities(outcomes)
        return found | {
            task.id: {
                "state": "done",
                "done_at": outcomes[task.id]["dispatched_at"],
            }
            for task in done
        }

    def _get_invited(self):
        return self.person_id or self.partner_id

    def _may_be_in(self, club):
        company = self.partner_id.company_id
        return not (club.company_id and company) or company == club.company_id

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmCareRule(models.Model):
    """Care around clubs: before a membership ends, and the invitation to a club."""

    _inherit = "crm.care.rule"

    trigger = fields.Selection(
        selection_add=[("club_end", "Club membership ends")],
        ondelete={"club_end": "cascade"},
    )
    channel = fields.Selection(
        selection_add=[("club", "Invitation to a club")],
        ondelete={"club": "set default"},
        help="Activity: a person does it. Text message and e-mail go into Odoo's "
        "queues at the due minute; who has no number or address gets an activity "
        "instead. "
        "Callback: a call for the callback agents. Gift: a person hands it over. "
        "Invitation to a club: who is not in it is invited by e-mail; to who has no "
        "address or refuses e-mails a person hands it over. For who is in it already "
        "there is nothing to do.",
    )
    club_id = fields.Many2one(
        comodel_name="crm.club",
        index="btree_not_null",
        ondelete="restrict",
        help="To which customers are invited, or whose memberships end; for the "
        "latter, empty: any club.",
    )

    @api.constrains("channel", "club_id")
    def _check_club_id(self):
        if any(rule.channel == "club" and not rule.club_id for rule in self):
            raise ValidationError(self.env._("To which club? Choose one."))

    def _get_event_sources(self):
        domain = [("state", "=", "active")]
        if self.club_id:
            domain.append(("club_id", "=", self.club_id.id))
        return {
            **super()._get_event_sources(),
            "club_end": {
                "model": "crm.club.membership",
                "path": "partner_id",
                "date": "valid_until",
                "domain": domain,
                "renews": True,
            },
        }

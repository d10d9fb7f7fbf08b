from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import format_time


class CrmEventGuest(models.Model):
    """The answer to an invitation: of the guest himself, by the link in it, or of who
    works with the customer."""

    _name = "crm.event.guest"
    _inherit = ["crm.event.guest", "crm.personal.link.mixin"]
    _link_path = "activity"

    def action_accept(self):
        """They come: register them."""
        self._check_may_answer()
        # Superuser: who works with customers need not be one of those who run events.
        self.sudo()._accept()

    def action_decline(self):
        """They do not come."""
        self._check_may_answer()
        # Superuser: nobody writes guests; the right has just been checked.
        self.sudo()._decline()

    def _accept(self):
        """Register these, whoever asks; what is full refuses, in Odoo's words.

        :raise UserError: the activity is over
        """
        waiting = self.filtered(lambda one: one.state not in ("registered", "attended"))
        waiting._check_still_open()
        waiting._lock_answers()
        self.env["event.registration"].create(
            [
                {"event_id": guest.event_id.id, "partner_id": guest.attendee_id.id}
                for guest in waiting
            ]
        )

    def _decline(self):
        """They do not come; registrations of theirs are cancelled.

        :raise UserError: one of them was there
        """
        self._check_still_open()
        self._lock_answers()
        if any(guest.state == "attended" for guest in self):
            raise UserError(self.env._("Who was there cannot decline any more."))
        self._find_registrations().action_cancel()
        self.state = "declined"

    def _lock_answers(self):
        """Let whoever answers for the same guests at the same moment begin anew: who
        only waited would see the answers of before."""
        self.env.execute_query(
            SQL(
                "UPDATE crm_event_guest SET answered_at = %s WHERE id = ANY(%s)"
                " RETURNING id",
                fields.Datetime.now(),
                list(self.ids),
            )
        )
        self.invalidate_recordset(["answered_at"])

    def _find_registrations(self):
        """Return the registrations of these that hold a seat."""
        registrations = self.env["event.registration"]
        return registrations.search(
            [
                ("event_id", "in", self.event_id.ids),
                ("partner_id", "in", self.attendee_id.ids),
                ("state", "in", ("draft", "open")),
            ]
        ).filtered(
            lambda one: (
                (one.event_id, one.partner_id)
                in {(guest.event_id, guest.attendee_id) for guest in self}
            )
        )

    def _check_still_open(self):
        now = fields.Datetime.now()
        for event in self.event_id:
            if event.date_end < now or event.kanban_state == "cancel":
                raise UserError(
                    self.env._("%(activity)s is over.", activity=event.name)
                    if event.date_end < now
                    else self.env._("%(activity)s is cancelled.", activity=event.name)
                )

    def _tell_when(self):
        """Return when the activity begins, by its own clock, in the language of the
        guest."""
        self.ensure_one()
        event, lang = self.event_id, self.attendee_id.lang or self.env.lang
        reader = self.env.user.with_context(lang=lang)
        day = reader._tell_day(self.date, "full")
        time = format_time(
            self.env,
            event.date_begin,
            tz=event.date_tz,
            time_format="short",
            lang_code=lang,
        )
        return f"{day} {time}"

from markupsafe import Markup

from odoo import models

from ...tools.arguments import Answers, Text

LONGEST_NOTE = 500
ASKING = "crm_relations.mail_activity_type_asks_to_share"


class ResPartner(models.Model):
    """Ask whoever has a customer to share it, instead of making a second card."""

    _inherit = "res.partner"

    def ask_to_share(self, note: Text = "") -> Answers:
        """Ask the salespeople of these customers to share them with the caller: each
        gets one activity, and decides.

        :param note: what for
        :return: answers; codes: ok; missing; no_right (no role in sales, or a customer
            one may not see); blocked (no customer, archived, or without salesperson);
            taken (yours already, or shared with you); asked (asked for before, and not
            decided yet)
        """
        visible = self.exists()._filtered_access("read")
        answers, asking = [], self.browse()
        for partner in self:
            # Superuser: who has it, to whoever may see it.
            customer = partner.sudo()
            refusal = self._get_asking_refusal(customer, partner in visible)
            if not refusal:
                asking |= partner
            code, message = refusal or ("ok", self.env._("Asked."))
            row = {"id": partner.id, "ok": not refusal, "code": code}
            answers.append({**row, "message": message})
        asking._ask_owners(note.strip()[:LONGEST_NOTE])
        return answers

    def _get_asking_refusal(self, customer, is_visible):
        """Return ``(code, message)`` of why one cannot ask for this one, or None."""
        if not customer.exists():
            return "missing", self.env._("It does not exist any more.")
        sells = self.env.user.has_group("crm_relations.group_sales_user")
        if not (is_visible and sells):
            return "no_right", self.env._("You may not ask for this customer.")
        where, _holder = self._get_whereabouts(customer)
        if where in ("yours", "shared"):
            return "taken", self._tell_duplicate(customer)
        if where != "owner":
            return "blocked", self._tell_duplicate(customer)
        if self._get_asked_activities(customer):
            return "asked", self.env._("You have asked already.")
        return None

    def _get_asked_activities(self, customers):
        # Superuser: the activity is the owner's.
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "in", customers.ids),
                    ("create_uid", "=", self.env.uid),
                    ("activity_type_id", "=", self._get_asking_type().id),
                ]
            )
        )

    def _get_asking_type(self):
        return self.env.ref(ASKING)

    def _ask_owners(self, note):
        asker = self.env.user
        # Superuser: nobody plans activities for others on customers that are not
        # their own.
        for customer in self.sudo():
            owner = customer.user_id
            env = customer.with_context(lang=owner.lang).env
            summary = env._("%(user)s asks you to share it", user=asker.name)
            customer.activity_schedule(
                ASKING,
                user_id=owner.id,
                summary=summary,
                note=Markup("<p>%s</p>") % note if note else False,
            )

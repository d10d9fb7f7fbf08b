from odoo import SUPERUSER_ID, fields, models

from ...tools.arguments import Answers, Text


class CrmGivingMixin(models.AbstractModel):
    """Asked, approved, refused: each decided once, above a limit by somebody else."""

    _inherit = "crm.giving.mixin"

    def ask(self) -> Answers:
        """Ask for approval of these drafts. What is within all limits needs nobody's:
        it is approved at once.

        Whoever works with the customer may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (no draft any more, or something is missing)
        """
        refusals, taken = self._take(
            ("draft",), lambda known: known._get_not_in_charge()
        )
        taken._freeze()
        findings = taken._judge()
        incomplete = taken._get_incomplete(findings)
        refusals |= {number: ("blocked", why) for number, why in incomplete.items()}
        taken = taken.filtered(lambda record: record.id not in incomplete)
        taken._involve(self.env.user)
        now = fields.Datetime.now()
        for record in taken:
            found = findings.get(record.id)
            record.write(
                {
                    "state": "asked" if found else "approved",
                    "findings": found or False,
                    "asked_at": now,
                    "asked_by_id": self.env.uid,
                    "decided_at": False if found else now,
                }
            )
        taken._decided_on()
        return self._answer_each(
            refusals,
            {
                record.id: self.env._("Asked for: somebody else approves it.")
                if record.state == "asked"
                else self.env._("It is within the limits.")
                for record in taken
            },
        )

    def take_back(self) -> Answers:
        """Make these drafts again, as long as nothing was given.

        :return: as ``ask``
        """
        refusals, taken = self._take(
            ("asked", "approved"), lambda known: known._get_not_in_charge()
        )
        given = taken._get_given()
        refusals |= {number: ("blocked", why) for number, why in given.items()}
        taken = taken.filtered(lambda record: record.id not in given)
        taken.write(
            {
                **{"state": "draft", "findings": False, "asked_at": False},
                **{"decided_at": False, "decided_by_id": False},
            }
        )
        taken._decided_on()
        return self._answer_each(refusals, self.env._("It is a draft again."))

    def approve(self) -> Answers:
        """Approve these.

        The leader of the team of who gives it, and relations managers; never who has
        written it, asked for it or gives it, nor the salesperson of the customer.

        :return: as ``ask``
        """
        refusals, taken = self._take(("asked",), lambda known: known._get_no_deciders())
        taken._decide("approved", refusal_reason=False)
        return self._answer_each(refusals, self.env._("Approved."))

    def refuse(self, reason: Text = "") -> Answers:
        """Refuse these; who has asked is told why.

        :param reason: why; kept
        :return: as ``approve``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(("asked",), lambda known: known._get_no_deciders())
        taken._decide("refused", refusal_reason=reason.strip())
        return self._answer_each(refusals, self.env._("Refused."))

    def _decide(self, state, **values):
        self.write(
            {
                "state": state,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
                **values,
            }
        )
        self._decided_on()
        self._tell_decision()

    def _tell_decision(self):
        """Tell who has asked, one message a person."""
        for asker, some in self.grouped("asked_by_id").items():
            env = some.with_context(lang=asker.lang).env
            approved = some[0].state == "approved"
            words = env._("Approved: %s") if approved else env._("Refused: %s")
            names = ", ".join(some.with_env(env).mapped("display_name"))
            self.env["crm.pool.stay"]._tell_of(
                some.partner_id,
                asker,
                words % names,
                some[0].refusal_reason or "",
                "my-customers",
            )

    def _freeze(self):
        """Hook: these drafts are asked for now: fix what they come to."""

    def _get_incomplete(self, findings):
        """Hook: return ``{id: what is missing}``.

        :param findings: what ``_judge`` has returned for these
        """
        return {}

    def _get_given(self):
        """Hook: return ``{id: why}`` of those that the customer has got already."""
        return {}

    def _decided_on(self):
        """Hook: these have just come to another status."""

    def _get_not_in_charge(self):
        """Return ``{id: why}`` of those whose customer the caller does not work
        with."""
        message = self.env._(
            "Only the customer's salesperson, who works along, the leader of the team "
            "or a relations manager may do this."
        )
        allowed = self.partner_id._filter_may_put_off()
        return {r.id: message for r in self if r.partner_id not in allowed}

    def _get_no_deciders(self):
        """Return ``{id: why}`` of those on which the caller does not decide."""
        user = self.env.user
        manages = user.has_group("crm_relations.group_relations_manager")
        refused = {}
        # Superuser: who leads whom, and whose customers they are.
        for record in self.sudo():
            leads = record.user_id._is_led_by(user)
            if user.id == SUPERUSER_ID or not (manages or leads):
                refused[record.id] = self.env._(
                    "The leader of the team or a relations manager decides."
                )
            elif user._is_among(record._get_involved()):
                refused[record.id] = self.env._(
                    "You have written it, asked for it or give it, or the customer is "
                    "yours: somebody else decides."
                )
            elif not manages and record._needs_manager():
                refused[record.id] = self.env._(
                    "This is for a public official: a relations manager decides."
                )
        return refused

    def _get_involved(self):
        """Return who has something to do with this, as superuser."""
        record = self
        own = record.user_id | record.create_uid | record.asked_by_id
        return own | record.involved_ids | record.partner_id.user_id

    def _needs_manager(self):
        """Hook: return whether leaders of teams do not decide on this."""
        return False

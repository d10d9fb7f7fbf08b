from datetime import date

from odoo import api, fields, models

from ...tools.arguments import Answers, Given, Id, Text

PAGE = 1000


class ResPartner(models.Model):
    """Hand customers over: who may, what stands against it, and the answers."""

    _inherit = "res.partner"

    def pool_transfer(
        self, user_id: Id, reason: Text, share_until: Given = None
    ) -> Answers:
        """Hand these customers over to another salesperson, with their contacts and
        the former owner's open opportunities, quotations and activities.

        The owner of a customer may, the leader of the owner's team, relations managers
        and administrators. The new owner gets one message. A thousand customers take
        as many statements as one, ten thousand ten times as many.

        :param user_id: id of the new owner
        :param reason: why; kept in the history
        :param share_until: last day (date or ISO text) on which the former owner keeps
            access; empty: none
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given, never raised
            for one of them; codes: ok; missing (no such record); no_right (not one's
            own, nor of one's own team); cap_reached (the new owner holds as many as
            allowed); blocked (anything else; the message says what:
            not a managed customer, has this owner already, the new owner is archived,
            does not sell or may not enter the customer's company, no reason given, the
            day has passed, somebody is changing it at this moment)
        """
        owners = dict.fromkeys(self.ids, user_id or 0)
        share_until = self._read_last_day(share_until)
        _batch, answers = self._hand_over(owners, reason, share_until)
        return answers

    @api.model
    def _read_last_day(self, until):
        """Return a date, or False; what is none comes back as it is, to be refused."""
        try:
            return fields.Date.to_date(until or False)
        except (TypeError, ValueError):
            return until

    def _hand_over(self, owners, reason, share_until=None, kind="transfer", **options):
        """Check, give and tell.

        :param owners: ``{customer id: id of the new owner}``
        :param options: ``choices`` of what moves along
        :return: the batch (empty when nothing moved) and the answers
        """
        refusals = self._get_transfer_refusals(owners, share_until, reason)
        allowed = {
            number: owner for number, owner in owners.items() if number not in refusals
        }
        return self._give(allowed, refusals, reason, share_until, kind, **options)

    def _give(self, allowed, refusals, reason, share_until, kind, **options):
        """Give, tell, and answer for all.

        :param allowed: ``{customer id: id of the new owner}``
        :param refusals: ``{id: (code, message)}`` of the others
        """
        batch = self.env["crm.pool.batch"]
        if allowed:
            # Superuser: ledgers and batches are written by nobody; who may was decided.
            batch = batch.sudo()._create_transfer(kind, reason, share_until)
            # Superuser: the contacts and items of a customer one may give away.
            customers = self.sudo().browse(allowed)
            formers = {partner.id: partner.user_id.id for partner in customers}
            given = batch._transfer(allowed, formers, **options)
            busy = self.env._("Somebody is changing it at this moment: try again.")
            refusals |= {
                number: ("blocked", busy) for number in set(allowed) - set(given)
            }
            batch = batch._tell_new_owners() if given else batch._drop()
        names = self.env["res.users"].sudo().browse(set(allowed.values()))
        names = {user.id: user.name for user in names}
        messages = {
            number: self.env._("Handed over to %(user)s.", user=names[owner])
            for number, owner in allowed.items()
        }
        return batch.sudo(False), self._get_transfer_answers(refusals, messages)

    def _get_transfer_answers(self, refusals, done):
        """Return a line a record, in the order given.

        :param refusals: ``{id: (code, message)}``
        :param done: message of the others, or one for each id
        """
        answers = []
        for number in self.ids:
            code, message = refusals.get(number, ("ok", None))
            if message is None:
                message = done if isinstance(done, str) else done[number]
            answers.append(
                {"id": number, "ok": code == "ok", "code": code, "message": message}
            )
        return answers

    def _get_transfer_refusals(self, owners, until=None, reason="-", sharing=False):
        """Return ``{id: (code, message)}`` of what cannot be given.

        :param owners: ``{id: id of the user who is to get it}``
        :param sharing: it is to be shared, not given away
        """
        general = self._get_general_refusal(until, reason)
        refusals = {}
        known = self.browse(owners).exists()
        for number in set(owners) - set(known.ids):
            refusals[number] = ("missing", self.env._("It does not exist any more."))
        givable = known._filter_givable()
        no_right = self.env._(
            "Only its salesperson, the leader of the team or a "
            "relations manager may do this."
        )
        for partner in known - givable:
            refusals[partner.id] = ("no_right", no_right)
        users = self._get_receivers(set(owners.values()))
        shared = givable._get_shared_with(users.values()) if sharing else None
        # Superuser: company and owner of customers that the caller may give away.
        for partner in givable.sudo():
            message = general or partner._get_giving_refusal(
                users[owners[partner.id]], until, shared
            )
            if message:
                refusals[partner.id] = ("blocked", message)
        return refusals

    def _get_giving_refusal(self, user, until, shared):
        """Return why this customer cannot be given to ``user`` or shared, or None."""
        return (
            self._get_passed_day_refusal(until)
            or self._get_receiver_refusal(user)
            or self._get_share_refusal(user, shared)
        )

    def _get_share_refusal(self, user, shared):
        """Return why this customer cannot be shared with ``user``, or None.

        :param shared: ``{(customer id, user id)}`` of the shares in force; None: it is
            not to be shared
        """
        if shared is None:
            return None
        if not self.user_id:
            return self.env._("It has no salesperson who could share it.")
        if (self.id, user.id) in shared:
            return self.env._("It is shared with %(user)s already.", user=user.name)
        return None

    @api.model
    def _get_general_refusal(self, until, reason):
        """Return what is wrong with the call itself, or None."""
        if not (reason or "").strip():
            return self.env._("Give the reason.")
        if until and not isinstance(until, date):
            return self.env._("The end date is not a date.")
        return None

    def _get_passed_day_refusal(self, until):
        """Return that ``until`` has passed where this customer is, or None."""
        if until and until < self._get_relation_today():
            return self.env._("The end date has passed already.")
        return None

    @api.model
    def _get_receivers(self, user_ids):
        """Return ``{id: user}``; an id that is none of a user gives an empty one."""
        # Superuser: whether a colleague is there, sells, and for which companies.
        users = self.env["res.users"].sudo()
        known = users.with_context(active_test=False)
        known = known.search([("id", "in", [i for i in user_ids if i])])
        known = {user.id: user for user in known}
        return {number: known.get(number, users) for number in user_ids}

    def _filter_givable(self):
        """Return those whose owner the caller may change: the own ones, for a sales
        manager those of the own teams' salespeople, for relations managers all."""
        if self.env.su:
            return self
        user = self.env.user
        if not user.has_group("crm_relations.group_sales_user"):
            return self.browse()
        reachable = self._filtered_access("write")
        if user.has_group("crm_relations.group_relations_manager"):
            return reachable
        # Superuser: the owner, and who leads the owner's team.
        mine = {
            owner.id
            for owner in reachable.sudo().user_id
            if owner == user or owner._is_led_by(user)
        }
        return reachable.filtered(lambda partner: partner.sudo().user_id.id in mine)

    def _get_shared_with(self, users):
        """Return ``{(customer id, user id)}`` of the shares in force."""
        # Superuser: also a share that the caller may not see stands in the way.
        shares = self.env["crm.customer.share"].sudo()
        ids = [user.id for user in users]
        shares = shares._find_in_force(self.ids, ("user_id", "in", ids))
        return {(share.partner_id.id, share.user_id.id) for share in shares}

    def _get_relation_today(self):
        """Return the day of the company whose rules judge this customer."""
        return self._get_relation_company()._get_relations_today()

    def action_hand_over(self):
        """Open the hand-over wizard with a preview of all that moves."""
        return self.env["crm.handover.wizard"]._open_for(self)

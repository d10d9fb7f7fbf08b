from odoo import models

from .crm_earning_rule_give import Occasion


class CrmClubMembership(models.Model):
    """Members earn points for more than orders."""

    _inherit = "crm.club.membership"

    def _earn_for(self, kind, source=None, key=""):
        """Give these members what the rules of their clubs give for something.

        :param kind: of ``crm.earning.rule``
        :param source: the record it is for: one for all of these members, or one for
            each of them, in their order
        :param key: on a card the same is earned once; without a key the source
        :return: the lines of the ledger, none for who gets nothing
        """
        occasions = self._get_occasions(kind, source, key)
        return self.env["crm.earning.rule"]._give(kind, occasions)

    def _take_back_for(self, kind, source=None, key=""):
        """Take back what was earned for something, whatever has become of the points;
        if it happens after all, it is earned anew.

        :return: the lines that take it back
        """
        # Superuser: the ledger; whoever calls this decides.
        members = self.sudo()
        once = {
            (one.membership.card_id.id, one.key)
            for one in self._get_occasions(kind, source, key)
        }
        lines = (
            self.env["loyalty.history"]
            .sudo()
            .search(
                [
                    ("card_id", "in", members.card_id.ids),
                    ("source_key", "in", list({key for _card, key in once})),
                ]
            )
        )
        return lines.filtered(
            lambda line: (line.card_id.id, line.source_key) in once
        )._take_back()

    def _get_occasions(self, kind, source, key):
        sources = list(source or ()) or [None]
        if len(sources) == 1:
            sources *= len(self)
        # Superuser: nobody who does what there are points for has a say in them.
        return [
            Occasion(member, one, f"{kind}-{key or f'{one._name}-{one.id}'}")
            for member, one in zip(self.sudo(), sources, strict=True)
        ]

    def _become_members(self, uid):
        result = super()._become_members(uid)
        self._earn_for("join", key="joined")
        return result

from datetime import timedelta
from itertools import count

from odoo import models
from odoo.tools import SQL

from ...tools.counted import tell_days, tell_times


class ResPartner(models.Model):
    """What stands against keeping a customer, and what a stay would be like."""

    _inherit = "res.partner"

    def _get_stay_pool(self):
        """Return the pool in which this customer is, or into which it would go."""
        return self.pool_id or self.pool_rule_id.pool_id

    def _get_stay_company(self):
        default = self.env["res.company"]._get_relations_default()
        return self._get_own_company() or default

    def _end_expired_stays(self):
        self.env["crm.pool.stay"]._end_expired(self.user_id.ids, self.ids)

    def _get_stay_refusals(self, kind, days):
        """Return refusals for what these customers are and have already."""
        known = self._get_known_stays()
        refusals = {}
        for partner in self:
            stays = known.get(partner.id, {})
            if code := partner._get_stay_refusal(kind, days, stays):
                refusals[partner.id] = code
        return refusals

    def _get_known_stays(self):
        """Return ``{customer id: figures}`` of the stays with the present owner."""
        self.env["crm.pool.stay"].flush_model()
        self.env["res.partner"].flush_model(["user_id", "owner_since"])
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT stay.partner_id,
                       bool_or(state = 'requested') AS is_asked,
                       bool_or(kind = 'protection' AND state = 'approved')
                       AS is_protected,
                       count(*) FILTER (WHERE kind = 'extension' AND is_recent
                           AND (state = 'approved'
                                OR state = 'ended' AND decided_at IS NOT NULL))
                       AS extensions,
                       bool_or(is_recent AND (state = 'refused'
                           OR state = 'ended' AND decided_at IS NULL)) AS was_refused
                  FROM crm_pool_stay AS stay
                  JOIN res_partner AS partner ON partner.id = stay.partner_id
            CROSS JOIN LATERAL (
                       SELECT stay.requested_at
                              >= COALESCE(partner.owner_since, '-infinity')
                              AS is_recent) AS holding
                 WHERE stay.partner_id = ANY(%s)
                   AND stay.user_id IS NOT DISTINCT FROM partner.user_id
              GROUP BY stay.partner_id
                """,
                self.ids,
            )
        )
        return {row.pop("partner_id"): row for row in rows}

    def _get_stay_refusal(self, kind, days, stays):
        """Return (code, message) of what stands against it, or None."""
        if blocked := self._get_stay_obstacle(kind, days):
            return "blocked", blocked
        if stays.get("is_asked"):
            return "blocked", self.env._("It has been asked for already.")
        if kind == "extension":
            return self._get_extension_refusal(stays)
        if stays.get("is_protected"):
            return "protected", self.env._("It is protected already.")
        return None

    def _get_stay_obstacle(self, kind, days):
        """Return why nobody could ask for this, whatever stands there already."""
        if not self.is_managed_customer:
            return self.env._("It is not a managed customer.")
        if not self.active:
            return self.env._("It is archived, or no managed customer.")
        if not self.user_id and (kind == "extension" or not self.pool_id):
            return self.env._("It has no salesperson.")
        longest = self._get_stay_company()._get_longest_stay(kind)
        if days and days > longest:
            return self.env._("At most %s at once.", tell_days(self.env, longest))
        return None

    def _get_extension_refusal(self, stays):
        if not self.pool_release_date:
            return "blocked", self.env._("No rule would take it: it stays anyway.")
        limit = self._get_stay_company().pool_extension_limit
        if stays.get("extensions", 0) >= limit:
            return "cap_reached", self.env._(
                "It has been extended %s, as often as allowed.",
                tell_times(self.env, limit),
            )
        return None

    def _prepare_stays(self, kind, days, reason):
        """Return ``{customer id: values}`` of the stays asked for."""
        known = self._get_known_stays()
        return {
            partner.id: {
                **partner._prepare_stay_state(kind, known.get(partner.id, {})),
                **partner._prepare_stay_days(kind, days),
                "reason": reason,
            }
            for partner in self
        }

    def _prepare_stay_state(self, kind, stays):
        """Return whose stay it is, and whether somebody has to approve it."""
        return {
            "partner_id": self.id,
            "company_id": self._get_own_company().id or None,
            "kind": kind,
            "user_id": self.user_id.id or None,
            "pool_id": self._get_stay_pool().id or None,
            "slot": None,
            **self._prepare_stay_approval(kind, stays),
        }

    def _prepare_stay_approval(self, kind, stays):
        """Return who is asked. While the answer is awaited the customer stays, unless
        it was refused before."""
        company, requests = self._get_stay_company(), self.env["crm.pool.stay"]
        owner, pool = self.user_id, self._get_stay_pool()
        asked = company[f"pool_{kind}_approval"] and not requests._may_decide_on(
            self.env.user, owner, pool, self._get_own_company()
        )
        held = asked and not stays.get("was_refused")
        return {
            "state": "requested" if asked else "approved",
            "hold_until": company._get_last_hold_day() if held else None,
            "approver_id": requests._get_asked(owner, pool).id or None,
        }

    def _prepare_stay_days(self, kind, days):
        """Return how long it stays: an extension begins when it would have left."""
        company, leaves = self._get_stay_company(), self.pool_release_date
        start = company._get_relations_today()
        if kind == "extension":
            start = max(leaves, start)
        length = days or company.pool_extension_days
        return {
            "release_date": str(leaves) if leaves else None,
            "days": length,
            "until": str(start + timedelta(days=length)),
        }

    def _give_slots(self, values):
        """Give each protection a free place of its owner's quota, and take those out
        for whom there is none.

        :return: their refusals
        """
        wanting = {
            number: line
            for number, line in values.items()
            if line["kind"] == "protection" and line["user_id"]
        }
        used_by = self._get_used_slots({line["user_id"] for line in wanting.values()})
        refusals = {}
        for number, line in wanting.items():
            quota = self.browse(number)._get_stay_company().pool_protection_quota
            used, slots = used_by[line["user_id"]]
            if used >= quota:
                del values[number]
                refusals[number] = (
                    "cap_reached",
                    self.env._(
                        "%(user)s has %(quota)s protected customers, as many as "
                        "allowed.",
                        user=self.browse(number).user_id.name,
                        quota=quota,
                    ),
                )
                continue
            line["slot"] = next(slot for slot in count(1) if slot not in slots)
            slots.add(line["slot"])
            used_by[line["user_id"]][0] += 1
        return refusals

    def _get_used_slots(self, user_ids):
        """Return ``{user id: [places used, set of their numbers]}``; who is archived
        keeps the number, and uses no place."""
        taken = {user_id: [0, set()] for user_id in user_ids}
        held = [
            ("user_id", "in", list(user_ids)),
            ("kind", "=", "protection"),
            ("state", "in", ("requested", "approved")),
        ]
        stays = self.env["crm.pool.stay"]
        for user, slots in stays._read_group(held, ["user_id"], ["slot:array_agg"]):
            taken[user.id][1] = set(slots)
        held.append(("partner_id.active", "=", True))
        for user, used in stays._read_group(held, ["user_id"], ["__count"]):
            taken[user.id][0] = used
        return taken

from collections import defaultdict
from datetime import datetime

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.tact import to_local
from ...followup.res_partner_overview import UNSPOKEN

# Roles in buying, the top first; the rest stands below.
LEVELS = ("decider", "influencer", "evaluator", "buyer", "gatekeeper", "user")
TOP = ("decider", "influencer")
MOST_PERSONS = 500
# Of us, named with each person: those who spoke with it last.
MOST_KNOWN = 3


class ResPartner(models.Model):
    """The contact map of a customer: its persons by role in buying and attitude, who of
    ours knows them and since when, and what is missing at the top."""

    _inherit = "res.partner"

    @api.readonly
    def get_contact_map(self):
        """Return the contact map of this customer, as far as the caller may read it, in
        the caller's language. Who may not read profiles gets persons without role and
        attitude, who may not read follow-ups neither who knows them nor since when;
        telephone numbers and addresses are not in it at all.

        :return: ``{"levels", "attitudes", "gaps", "team", "persons", "is_open",
            "is_told", "silence_days", "left_out", "unnamed"}``; a level has its
            persons, a person who knows it and the days since the last contact
        :raise AccessError: the caller may not read the customer
        """
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        found = customer._find_parts({customer.id: customer._get_map_parts()})
        return customer._tell_map(found[customer.id])

    def action_open_contact_map(self):
        """Open the contact map of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_contact_map_action"
        )
        return action | {"res_id": self.commercial_partner_id.id}

    def _get_map_parts(self):
        parts = {"persons": [self._get_mapped_persons_sql()]}
        parts["known"] = []
        if self._may_read_contacts():
            parts["known"].append(self._get_knowers_sql())
        parts["team"] = []
        if self.env["crm.account.team.member"].has_access("read"):
            parts["team"].append(self._get_team_now_sql())
        return parts

    def _get_mapped_persons_sql(self):
        return self._select_people(
            SQL(
                "'profile', profile.id, 'influence', profile.influence,"
                " 'relationship', profile.relationship"
            ),
            MOST_PERSONS,
        )

    def _get_knowers_sql(self):
        """Return who of ours has spoken with whom, how often and when last: visits,
        calls and meetings are all follow-ups."""
        followups = self.env["crm.followup"]._search(
            [
                ("customer_id", "=", self.id),
                ("partner_id", "!=", False),
                ("kind_id.channel", "not in", UNSPOKEN),
            ]
        )
        return SQL(
            """
            SELECT jsonb_build_object(
                       'person', followup.partner_id, 'user', followup.user_id,
                       'name', colleague.name, 'has_left', NOT login.active,
                       'count', count(*), 'last', max(followup.date)) AS line
              FROM crm_followup AS followup
              JOIN res_users AS login ON login.id = followup.user_id
              JOIN res_partner AS colleague ON colleague.id = login.partner_id
             WHERE followup.id IN %(followups)s
          GROUP BY followup.partner_id, followup.user_id, colleague.name, login.active
          ORDER BY max(followup.date) DESC, followup.user_id
            """,
            followups=followups.subselect(),
        )

    def _tell_map(self, found):
        lines = found["persons"]
        read = [line["profile"] for line in lines if line["profile"]]
        profiles = self.env["crm.person.profile"].browse(read)
        if profiles:
            self.env["crm.confidential.access"]._note(profiles)
        is_open = bool(read) or self._may_read_profiles()
        # Superuser: how long the company takes for silence, also who has no role.
        days = self.sudo()._get_relation_company().map_silence_days
        persons = self._tell_mapped_persons(lines, found["known"], days)
        return {
            "persons": len(persons),
            "left_out": lines[0]["count"] - len(lines) if lines else 0,
            "unnamed": sum(
                line["count"] for line in found["known"] if line["person"] == self.id
            )
            if self.is_company
            else 0,
            "is_open": is_open,
            "is_told": self._may_read_contacts(),
            "silence_days": days,
            "attitudes": self._get_mapped_attitudes(),
            "levels": self._get_mapped_levels(persons),
            "team": self._tell_team_now(found["team"]),
            "gaps": self._get_map_gaps(persons, is_open, days),
        }

    @api.model
    def _may_read_contacts(self):
        return self.env["crm.followup"].has_access("read")

    def _may_read_profiles(self):
        """Return whether profiles of this customer are open to the caller."""
        if not self.env["crm.person.profile"].has_access("read"):
            return False
        if self.id in self._get_open_rights(self.env.user):
            return True
        now = fields.Datetime.now()
        # Superuser: whether profiles of the customer are lent to the caller.
        loans = self.env["crm.archive.loan"].sudo()
        lent = loans.search_count(
            [
                ("partner_id", "=", self.id),
                ("user_id", "=", self.env.uid),
                ("state", "=", "approved"),
                ("with_profiles", "=", True),
                ("starts_at", "<=", now),
                ("ends_at", ">", now),
            ],
            limit=1,
        )
        return bool(lent)

    def _get_mapped_attitudes(self):
        labels = self._get_profile_labels("attitude") | {"": self.env._("Not known")}
        return [{"key": key, "label": label} for key, label in labels.items()]

    def _get_mapped_levels(self, persons):
        """Return the levels on which there is somebody, and the top one always."""
        labels = self._get_profile_labels("decision_role")
        labels[""] = self.env._("Role not known")
        by_role = defaultdict(list)
        for person in persons:
            by_role[person["role_key"]].append(person)
        return [
            {
                "key": key,
                "label": labels[key],
                "is_top": key in TOP,
                "persons": by_role[key],
            }
            for key in (*LEVELS, "")
            if by_role[key] or key in TOP
        ]

    def _tell_mapped_persons(self, lines, known, days):
        """Return what the map shows of each person."""
        roles = self._get_profile_labels("decision_role")
        attitudes = self._get_profile_labels("attitude")
        knowers = self._get_knowers(known)
        return [
            _tell_profile(line, roles, attitudes)
            | self._tell_knowers(knowers[line["id"]], days)
            for line in lines
        ]

    def _get_profile_labels(self, name):
        field = self.env["crm.person.profile"]._fields[name]
        return dict(field._description_selection(self.env))

    def _get_knowers(self, known):
        """Return ``{person id: who of ours knows it}``, the latest contact first."""
        knowers = defaultdict(list)
        today = self.env.user._get_relations_today()
        tz = self.env.user._get_relations_tz()
        for line in known:
            moment = datetime.fromisoformat(line["last"])
            knowers[line["person"]].append(
                {
                    **{key: line[key] for key in ("name", "count", "has_left")},
                    "day": self.env.user._tell_day(moment, "short"),
                    "days": (today - to_local(moment, tz).date()).days,
                }
            )
        return knowers

    def _tell_knowers(self, knowers, days):
        last = min((one["days"] for one in knowers), default=None)
        return {
            "known_by": knowers[:MOST_KNOWN],
            "known_by_more": max(len(knowers) - MOST_KNOWN, 0),
            "days": last,
            "is_silent": last is None or last > days,
            "is_known_by_left": bool(knowers)
            and all(one["has_left"] for one in knowers),
        }


def _tell_profile(line, roles, attitudes):
    return {
        **{key: line[key] or "" for key in ("id", "name", "function")},
        "role_key": line["role"] or "",
        "role": roles.get(line["role"], ""),
        "attitude_key": line["attitude"] or "",
        "attitude": attitudes.get(line["attitude"], ""),
        "influence": int(line["influence"] or 0),
        "stars": int(line["relationship"] or 0),
    }

"""What happens to one member at the same time; run by ``scratch.Workers``."""

import gate
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError


def fill(env):
    """Make a club with a benefit that is used twice a year, a member and a guest."""
    club = env["crm.club"].create(
        {"name": "Club", "level_ids": [(0, 0, {"name": "All", "threshold": 0})]}
    )
    env["crm.club.benefit"].create(
        {"level_id": club.level_ids.id, "name": "Wash", "yearly_quota": 2}
    )
    member, _guest = env["res.partner"].create(
        [
            {"name": name, "is_company": True, "is_managed_customer": True}
            for name in ("Member", "Guest")
        ]
    )
    club._take_in(member, "active", env.uid)
    _plan(env, club)


def _plan(env, club):
    """Plan an activity with one seat for three members who are invited."""
    begin = fields.Datetime.add(fields.Datetime.now(), days=3)
    people = env["res.partner"].create(
        [
            {"name": f"Invited {number}", "is_managed_customer": True}
            for number in range(3)
        ]
    )
    club._take_in(people, "active", env.uid)
    event = env["event.event"].create(
        {
            "name": "Course",
            "activity_kind": "lecture",
            "club_id": club.id,
            "date_begin": begin,
            "date_end": fields.Datetime.add(begin, hours=2),
            "event_mail_ids": [(5, 0, 0)],
            "seat_ids": [(0, 0, {"level_id": club.level_ids.id, "seats": 1})],
        }
    )
    rule = env.ref("crm_relations.crm_care_rule_activity")
    rule.active = True
    event._invite(rule, club.level_ids, only=people)


def accept(env, number):
    """A guest says that he comes, perhaps twice."""
    domain = [("attendee_id.name", "=", f"Invited {number}")]
    guest = env["crm.event.guest"].search(domain)
    _ask(env, guest._accept)


def use(env):
    """Several use the benefit; who comes too late is told so."""
    member = env["crm.club.membership"].search([("partner_id.name", "=", "Member")])
    benefit = env["crm.club.benefit"].search([("name", "=", "Wash")])
    _ask(env, lambda: member.use_benefit(benefit.id))


def join(env):
    """Several take the same guest in."""
    club = env["crm.club"].search([])
    guest = env["res.partner"].search([("name", "=", "Guest")])
    _ask(env, lambda: guest.club_join(club.id))


def _ask(env, call):
    gate.act(env, call, UserError, IntegrityError)

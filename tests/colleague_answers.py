"""What becomes of each link of the suite to a user who is archived; the rows of
``test_archived_colleagues``. A link that is new needs an answer here."""


def _of(model, *names):
    return {f"{model}.{name}" for name in names}


# Open work that stays in the leaver's name until somebody takes it, and the cards on
# which who leads him, or answers for all, finds it; without one it stands in what is
# opened for its own sake: the plan, the crisis, the customer. A card of other records
# is named with the way from them.
WORK = {
    "crm.account.plan.user_id": ["plan_review.plan_id"],
    "crm.account.plan.action.user_id": [],
    "crm.account.plan.risk.user_id": [],
    "crm.archive.upkeep.custodian_id": [],
    "crm.care.task.supervisor_id": [],
    "crm.club.point.difference.user_id": ["club_points"],
    "crm.complaint.clock.user_id": [],
    "crm.complaint.crisis.item.user_id": [],
    "crm.complaint.crisis.leader_id": [],
    "crm.complaint.crisis.spokesman_id": [],
    "crm.concession.user_id": ["concession_owed"],
    "crm.favour.user_id": ["favour_return"],
    "crm.gift.user_id": ["gift_give"],
    "crm.lead.user_id": [],
    "crm.not.now.user_id": [],
    "crm.playbook.run.user_id": [],
    "crm.satisfaction.check.checker_id": [],
    "crm.satisfaction.plan.supervisor_id": [],
    "crm.work.report.leader_id": [],
    "res.partner.user_id": ["contact_due", "visit_due", "order_overdue", "leaving"],
}
# What goes to somebody else, back to a list, or ends.
PASSED = {
    *_of("crm.callback", "agent_id"),
    *_of("crm.care.task", "user_id"),
    *_of("crm.complaint", "user_id", "waiting_for_id"),
    *_of("crm.complaint.action", "user_id", "checker_id"),
    *_of("crm.reception", "consultant_id"),
    *_of("crm.satisfaction.response", "loop_user_id"),
    *_of("crm.pool.stay", "approver_id"),
    *_of("mail.activity", "user_id"),
}
# Rules and settings: while it names nobody who works here, it acts as if it named
# nobody.
NAMED = {
    *_of("crm.callback.rule", "agent_ids"),
    *_of("crm.care.programme.line", "supervisor_id", "user_id"),
    *_of("crm.care.rule", "supervisor_id", "user_id"),
    *_of("crm.club", "user_id"),
    *_of("crm.complaint.crisis.plan", "leader_id", "spokesman_id"),
    *_of("crm.complaint.crisis.plan.line", "user_id"),
    *_of("crm.complaint.entrance", "user_id"),
    *_of("crm.complaint.escalation.step", "user_id"),
    *_of("crm.custodian.rule", "custodian_id"),
    *_of("crm.followup.target", "user_id"),
    *_of("crm.hourly.rate", "user_id"),
    *_of("crm.playbook", "stand_in_id"),
    *_of("crm.pool", "manager_ids", "member_ids"),
    *_of("crm.pool.quota", "user_ids"),
    *_of("crm.reception.consultant", "user_id"),
    *_of("crm.satisfaction.entrance", "user_id"),
    *_of("crm.satisfaction.mailing", "user_id", "user_ids"),
    *_of("crm.satisfaction.study", "user_id"),
    *_of("crm.satisfaction.wave.score", "user_id"),
    *_of("crm.work.report.duty", "user_ids"),
    *_of("ir.actions.server", "customer_user_id"),
}
# Who has done, asked, decided or owned something: history keeps who it was.
DONE = {
    *_of("crm.account.plan", "asked_by_id", "decided_by_id", "involved_ids"),
    *_of("crm.account.plan.change", "asked_by_id", "decided_by_id", "involved_ids"),
    *_of("crm.account.plan.check", "checked_by_id"),
    *_of("crm.account.plan.review", "held_by_id"),
    *_of("crm.account.plan.version", "user_id"),
    *_of("crm.account.team.member", "appointed_by_id", "ended_by_id", "user_id"),
    *_of("crm.archive.change", "user_id"),
    *_of("crm.archive.loan", "decided_by_id", "ended_by_id", "user_id"),
    *_of("crm.archive.proposal", "decided_by_id"),
    *_of("crm.archive.upkeep", "verified_by_id"),
    *_of("crm.callback", "reserved_by_id"),
    *_of("crm.callback.attempt", "agent_id", "number_taken_by_id"),
    *_of("crm.card.scan", "user_id"),
    *_of("crm.club.benefit.use", "taken_back_by_id", "user_id"),
    *_of("crm.club.level.change", "user_id"),
    *_of("crm.club.membership", "manual_by_id"),
    *_of("crm.club.point.difference", "closed_by_id"),
    *_of("crm.complaint", "closed_by_id", "first_asked_id", "solved_by_id"),
    *_of("crm.complaint.action", "checked_by_id", "done_by_id"),
    *_of("crm.complaint.clock", "stopped_by_id"),
    *_of("crm.complaint.confirmation", "user_id"),
    *_of("crm.complaint.crisis", "ended_by_id", "opened_by_id"),
    *_of("crm.complaint.crisis.item", "done_by_id"),
    *_of("crm.complaint.crisis.report", "user_id"),
    *_of("crm.complaint.crisis.statement", "author_id", "decided_by_id", "said_by_id"),
    *_of("crm.complaint.escalation", "user_id"),
    *_of("crm.complaint.event", "user_id"),
    *_of("crm.complaint.handover", "from_user_id", "to_user_id"),
    *_of("crm.complaint.pause", "ended_by_id", "user_id"),
    *_of(
        "crm.complaint.remedy",
        "asked_by_id",
        "booked_by_id",
        "decided_by_id",
        "involved_ids",
        "reversed_by_id",
    ),
    *_of(
        "crm.concession",
        "asked_by_id",
        "counter_done_by_id",
        "decided_by_id",
        "involved_ids",
    ),
    *_of("crm.confidential.access", "user_id"),
    *_of("crm.contact.escalation", "leader_id", "user_id"),
    *_of("crm.contact.import", "user_id"),
    *_of("crm.customer.share", "granted_by_id", "user_id"),
    *_of("crm.daily.digest", "user_id"),
    *_of("crm.duplicate.pair", "ignored_by_id"),
    *_of("crm.event.guest", "invited_by_id"),
    *_of("crm.followup", "user_id"),
    *_of("crm.gift", "asked_by_id", "decided_by_id", "given_by_id", "involved_ids"),
    *_of("crm.handover.item", "from_user_id", "to_user_id"),
    *_of("crm.hidden.guess", "user_id"),
    *_of("crm.hidden.showing", "user_id"),
    *_of(
        "crm.key.account.nomination",
        "decided_by_id",
        "ended_by_id",
        "involved_ids",
        "nominator_id",
    ),
    *_of("crm.letter.run", "user_id"),
    *_of("crm.lost.customer", "registered_by_id", "user_id"),
    *_of("crm.not.now", "put_off_by_id"),
    *_of("crm.ownership.change", "from_user_id", "operator_id", "to_user_id"),
    *_of("crm.pool.aside", "put_by_id"),
    *_of("crm.pool.batch", "user_id"),
    *_of("crm.pool.holding", "user_id"),
    *_of("crm.pool.notice", "owner_id", "user_id"),
    *_of("crm.pool.seat", "user_id"),
    *_of("crm.pool.setup", "user_id"),
    *_of("crm.pool.stay", "decided_by_id", "requested_by_id", "user_id"),
    *_of("crm.pool.view", "user_id"),
    *_of("crm.referral", "decided_by_id", "registered_by_id"),
    *_of("crm.satisfaction.check", "user_id"),
    *_of("crm.satisfaction.edition", "user_ids"),
    *_of("crm.satisfaction.meeting", "attendee_ids", "user_id"),
    *_of("crm.satisfaction.plan", "person_id", "user_id"),
    *_of("crm.satisfaction.response", "asked_by_id", "settled_by_id", "user_id"),
    *_of("crm.satisfaction.score", "user_id"),
    *_of("crm.server.answer", "user_id"),
    *_of("crm.value.total", "owner_id"),
    *_of("crm.work.report", "read_by_id", "user_id"),
    *_of("res.partner", "phone_taken_by_id", "tier_override_by"),
}
# Of these, what runs ends now, by whoever archives.
ENDING = {"crm.account.team.member.ended_by_id", "crm.archive.loan.ended_by_id"}
# Cards from which something goes: why.
MOVED = {
    "loans_to_decide": "what was lent to who leaves, or asked for, ends",
    "loans_mine": "what was lent to who leaves ends",
    "satisfaction_low": "another one settles it, who need not be of the team",
    "team_ending": "who leaves is in no team of a customer any more",
    "what_next": "the step that was late is planned with somebody else now",
}
# Links of new rows that may name a leaver: why.
MADE = {
    "crm.archive.upkeep.custodian_id": "as the rule says; everyone's day shows it",
    "crm.club.point.difference.user_id": "who answers for the club; for all to see",
    "crm.ownership.change.from_user_id": "of whom a customer was",
    "crm.value.total.owner_id": "figures of whose customers they are",
}
# What jobs make for who works here only.
MADE_OF_WORKING = {
    *("crm.care.task.user_id", "crm.daily.digest.user_id", "mail.activity.user_id"),
    *("crm.handover.item.from_user_id", "crm.playbook.run.user_id"),
    *("mail_mail_res_partner_rel", "mail_message_res_partner_rel"),
}

"""Which clock each day of the suite goes by; the rows of ``test_day_clocks``.

``record``: that of the company to which the record belongs, or which judges its
customer. ``reader``: that of who looks, types or works. ``current``: that of a company
which is nobody's: the default one, where a rule or figure is of all companies, or the
one in which something new is typed.
"""

# What is computed when it is read.
COMPUTED = {
    # Of the company that judges.
    **dict.fromkeys(
        [
            "crm.account.plan.milestone.slippage_days",
            *["crm.account.plan.objective.is_behind", "crm.archive.loan.standing"],
            *["crm.callback.is_on_my_desk", "crm.complaint.clock.standing"],
            *["crm.next.contact.why", "res.partner.overdue_factor"],
            "res.partner.pool_time_left",
        ],
        "record",
    ),
    # What somebody is late with, and what is planned by the clock of who does it.
    **dict.fromkeys(
        [
            *["crm.archive.upkeep.is_overdue", "crm.care.rule.due_count"],
            *["crm.care.rule.would_change", "crm.complaint.action.is_late"],
            "crm.favour.is_overdue",
        ],
        "reader",
    ),
}
# What a form proposes.
DEFAULTS = {
    # The day of who types.
    **dict.fromkeys(
        [
            *["crm.account.plan.change.asked_on", "crm.account.team.wizard.since"],
            *["crm.care.programme.wizard.start_date", "crm.club.level.wizard.until"],
            *["crm.complaint.action.due_on", "crm.complaint.prevention.wizard.due_on"],
            *["crm.concession.date", "crm.credit.incident.date"],
            *["crm.document.kind.since", "crm.earning.rule.start_date"],
            *["crm.favour.date", "crm.gift.date", "crm.not.now.wizard.until"],
            *["crm.postpone.wizard.day", "crm.satisfaction.plan.due_on"],
            "crm.tier.override.wizard.until",
        ],
        "reader",
    ),
    # It belongs to the company in which it is typed, or to all.
    **dict.fromkeys(
        [
            *["crm.callback.rule.start_date", "crm.care.rule.start_date"],
            *["crm.custodian.rule.start_date", "crm.followup.target.start_date"],
            *["crm.lifecycle.rule.start_date", "crm.pool.rule.start_date"],
            *["crm.tier.scheme.start_date", "crm.work.report.duty.start_date"],
            "crm.work.report.period_start",
        ],
        "current",
    ),
}
# What jobs and acts write.
WRITTEN = {
    # Of the company that judges, or whose club, plan or activity it is.
    **dict.fromkeys(
        [
            *["crm.account.plan.ended_on", "crm.account.plan.milestone.done_on"],
            *["crm.account.plan.review.held_on", "crm.account.plan.version.date"],
            *["crm.account.return.date_end", "crm.account.return.date_start"],
            *["crm.account.standing.since", "crm.archive.upkeep.review_due"],
            *["crm.archive.upkeep.since", "crm.archive.upkeep.verified_on"],
            *["crm.callback.deadline_on", "crm.club.benefit.use.used_on"],
            *["crm.club.membership.ended_on", "crm.club.membership.joined_on"],
            *["crm.club.membership.level_since", "crm.club.membership.level_until"],
            *["crm.club.membership.valid_until", "crm.club.point.difference.found_on"],
            *["crm.complaint.action.check_on", "crm.lost.customer.won_back_on"],
            *["crm.playbook.run.ended_on", "crm.playbook.run.started_on"],
            *["crm.pool.notice.release_date", "crm.pool.stay.hold_until"],
            *["crm.pool.view.day", "crm.pool.wave.due_on", "crm.pool.wave.leaves_on"],
            *["crm.reception.consultant.present_on", "crm.referral.paid_on"],
            "crm.satisfaction.response.answered_on",
            "crm.satisfaction.response.loop_due_on",
            "crm.satisfaction.score.answered_on",
            *["crm.work.report.duty.asked_until", "event.event.activity_day"],
            *["loyalty.history.earned_on", "loyalty.history.expires_on"],
            *["loyalty.history.pending_until", "res.partner.contact_due_date"],
            *["res.partner.first_order_on", "res.partner.last_order_on"],
            *["res.partner.lifecycle_since", "res.partner.next_order_expected_on"],
            *["res.partner.pool_release_date", "res.partner.relationship_since"],
            *["res.partner.tier_since", "res.partner.visit_due_date"],
        ],
        "record",
    ),
    # What somebody does, or is to do, on the own day.
    **dict.fromkeys(
        [
            *["crm.care.task.occasion_date", "crm.care.task.touch_date"],
            *["crm.concession.counter_done_on", "crm.daily.digest.day"],
            "crm.key.account.nomination.ended_on",
            "crm.key.account.nomination.nominated_on",
            *["crm.key.account.nomination.since", "crm.referral.registered_on"],
            "crm.satisfaction.plan.finished_on",
        ],
        "reader",
    ),
    # A rule, a batch or a figure of all companies; of one company where it names one.
    **dict.fromkeys(
        [
            *["crm.activity.model.orders_from", "crm.activity.model.orders_until"],
            "crm.activity.model.parameters_on",
            "crm.key.account.nomination.end_proposed_on",
            *["crm.key.account.score.below_since", "crm.pool.batch.date"],
            *["crm.satisfaction.mailing.next_date", "crm.value.curve.computed_on"],
            *["crm.value.fit.parameters_on", "crm.value.model.parameters_on"],
            *["crm.value.total.month", "res.partner.tier_below_since"],
        ],
        "current",
    ),
}
# Typed, agreed, or taken over from a document or another day.
TYPED = {
    *("crm.account.plan.action.due", "crm.account.plan.change.new_date"),
    *("crm.account.plan.check.checked_on", "crm.account.plan.date_end"),
    *("crm.account.plan.date_start", "crm.account.plan.milestone.due"),
    *("crm.account.plan.milestone.planned_on", "crm.account.plan.resource.date"),
    *("crm.account.plan.review.due", "crm.account.team.member.since"),
    *("crm.account.team.member.until", "crm.archive.loan.since"),
    *("crm.archive.loan.until", "crm.archive.upkeep.activity_on"),
    *("crm.archive.upkeep.reminded_for", "crm.club.membership.manual_until"),
    *("crm.complaint.occurred_on", "crm.concession.counter_due"),
    *("crm.contact.escalation.due_date", "crm.credit.incident.resolved_on"),
    *("crm.customer.document.activity_on", "crm.customer.document.expires_on"),
    *("crm.customer.document.issued_on", "crm.customer.document.remind_on"),
    *("crm.customer.document.reminded_for", "crm.customer.share.until"),
    *("crm.earning.rule.end_date", "crm.favour.return_due", "crm.followup.next_date"),
    *("crm.followup.target.end_date", "crm.hourly.rate.date_from"),
    *("crm.lost.customer.last_order_on", "crm.lost.customer.lost_on"),
    *("crm.not.now.until", "crm.pool.aside.until", "crm.pool.batch.share_until"),
    *("crm.pool.start_date", "crm.pool.stay.release_date", "crm.pool.stay.until"),
    *("crm.satisfaction.edition.date_from", "crm.satisfaction.edition.date_to"),
    *("crm.satisfaction.plan.last_on", "crm.satisfaction.wave.date_from"),
    *("crm.satisfaction.wave.date_to", "crm.work.report.due_on"),
    *("crm.work.report.period_end", "crm.working.day.day"),
    *("event.event.members_until", "loyalty.card.expiration_date"),
    *("res.partner.founded_on", "res.partner.pool_kept_until"),
    *("res.partner.relation_since", "res.partner.tier_override_until"),
    "resource.calendar.makeup.day.date",
}

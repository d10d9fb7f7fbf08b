"""What the lists and cards of the suite answer when a customer is archived; the rows of
``test_archived_work``. A list that is new needs an answer here."""


def _of(addon, *names):
    return {f"{addon}.{name}" for name in names}


# Somebody is to do something about these, or they say who is a customer now.
WORK = _of(
    "crm_relations",
    *("crm_account_plan_milestone_action", "crm_account_standing_action"),
    *("crm_account_understanding_action", "crm_archive_loan_action_decide"),
    *("crm_archive_proposal_action", "crm_archive_upkeep_action"),
    *("crm_archive_upkeep_report_action", "crm_callback_action"),
    *("crm_care_task_action", "crm_care_task_action_letter"),
    *("crm_care_task_action_week", "crm_contact_due_action", "crm_customer_action"),
    *("crm_customer_action_mine", "crm_customer_action_overdue"),
    *("crm_customer_action_shared", "crm_customer_action_structure"),
    *("crm_customer_value_action", "crm_document_due_action"),
    *("crm_document_due_action_expiring", "crm_duplicate_pair_action"),
    *("crm_key_account_action", "crm_key_account_candidate_action"),
    *("crm_lost_customer_action", "crm_next_contact_action", "crm_pool_aside_action"),
    *("crm_pool_leaving_action", "crm_pool_stay_action", "crm_playbook_run_action"),
    *("crm_pool_stay_action_approvals", "crm_my_day_action_planned"),
)
BOOKS = {
    # What has happened, and who has done it.
    *_of(
        "crm_relations",
        *("crm_archive_change_action", "crm_callback_attempt_action"),
        *("crm_callback_report_action", "crm_club_level_change_action"),
        *("crm_confidential_access_action", "crm_contact_escalation_action"),
        *("crm_daily_digest_action", "crm_followup_action"),
        *("crm_handover_item_action", "crm_hidden_showing_action"),
        *("crm_letter_run_action", "crm_lifecycle_change_action"),
        *("crm_ownership_change_action", "crm_ownership_change_action_releases"),
        *("crm_pool_batch_action", "crm_pool_notice_action"),
        *("crm_relationship_change_action", "crm_server_answer_action"),
        *("crm_sms_log_action", "crm_tier_change_action"),
    ),
    # What somebody has got, given or is owed: registers without a filter, and figures.
    *_of(
        "crm_relations",
        *("crm_account_return_action", "crm_club_member_report_action"),
        *(
            "crm_club_membership_action",
            "crm_club_point_report_action",
            "crm_club_benefit_use_action",
            "crm_club_point_difference_action",
        ),
        *("crm_concession_action", "crm_earning_rule_action"),
        *("crm_event_guest_action", "crm_favour_action", "crm_gift_action"),
        *("crm_gift_year_action", "crm_referral_action"),
    ),
    # Registers: what was agreed, asked, kept or lent, closed or not; who has come.
    *_of(
        "crm_relations",
        *("crm_account_plan_action", "crm_account_plan_change_action"),
        *("crm_account_plan_review_action", "crm_account_team_member_action"),
        *("crm_archive_loan_action", "crm_archive_loan_action_mine"),
        "crm_card_scan_action",
        *("crm_custodian_rule_action", "crm_customer_document_action"),
        *("crm_key_account_nomination_action", "crm_lost_customer_action_report"),
        *("crm_not_now_action", "crm_person_profile_action", "crm_reception_action"),
    ),
    # A case goes on until it is closed: who has left may have complained before.
    *_of(
        "crm_relations_complaint",
        *("crm_complaint_action", "crm_complaint_action_action"),
        *("crm_complaint_clock_action", "crm_complaint_clock_report_action"),
        *("crm_complaint_entrance_action", "crm_complaint_escalation_action"),
        *("crm_complaint_handover_action", "crm_complaint_remedy_action"),
        *("crm_complaint_report_action",),
    ),
    # What was asked and answered.
    *_of(
        "crm_relations_survey",
        *("crm_satisfaction_asked_action", "crm_satisfaction_check_action"),
        *("crm_satisfaction_entrance_action", "crm_satisfaction_low_action"),
        *("crm_satisfaction_ranking_action", "crm_satisfaction_report_action"),
        *("crm_satisfaction_response_action",),
    ),
}
# Lists with figures of both: these are work. Their rows stand for people, or for what
# was done, as well.
MIXED = {
    "crm_relations.crm_callback_rate_action": {"backlog_count", "late_count"},
    "crm_relations.crm_care_report_action": {"late_count"},
    "crm_relations.crm_pool_board_action": {
        *("held_count", "due_in_1", "due_in_3", "due_in_7"),
    },
    "crm_relations.crm_workload_report_action": {"held_count"},
    "crm_relations.crm_workload_report_action_mine": {"held_count"},
}
# Cards that go on: why.
GOES_ON = {
    **dict.fromkeys(
        [
            *["complaint_handover", "complaint_due", "complaint_confirm"],
            *["complaint_week", "complaint_open", "complaint_unaccepted"],
            *["complaint_late", "complaint_nobody", "complaint_remedy"],
            *["complaint_action", "complaint_check"],
        ],
        "a case, until it is closed",
    ),
    "reception": "who stands there has come",
    "club_points": "points that do not add up are money, whoever has them",
}
# Cards of no customer: reports of people, plans that come of many answers.
NOT_OF_CUSTOMERS = {
    *("work_report", "work_report_week", "work_report_unread", "work_report_missing"),
    *("satisfaction_plan", "satisfaction_plan_week", "satisfaction_plan_late"),
}
# Tables in which jobs make rows of working customers only.
MADE_OF_WORKING = {
    *("crm_account_return", "crm_account_return_average", "crm_account_return_line"),
    *("crm_callback", "crm_care_task"),
    *("crm_contact_escalation", "crm_key_account_score", "crm_lifecycle_change"),
    *("crm_ownership_change", "crm_playbook_run", "crm_pool_batch"),
    *("crm_relationship_change", "crm_tier_change", "crm_usual_value"),
    *("crm_value_total", "mail_activity"),
}
# And of archived ones: why.
MADE = {
    "crm_account_standing_change": "who is archived leaves the ladder, and it says so",
    "crm_customer_value": "shown among those who are not in use",
    **dict.fromkeys(
        [
            *["crm_club_level_change", "crm_club_point_use", "loyalty_history"],
            "crm_club_point_difference",
        ],
        "points are money, and expire",
    ),
    **dict.fromkeys(
        ["crm_activity_model", "crm_rule_run", "crm_working_day"], "of no customer"
    ),
}

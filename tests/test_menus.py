"""PL-2: who is offered what: menus, actions on a selection, jobs of the night."""

import addon_tables
from addon_tables import ROLES
from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

SALES = {"sales", "leader", "relations", "admin"}
LEADERS = {"leader", "relations", "admin"}
MANAGERS = {"relations", "admin"}
ADMIN = {"admin"}
# Menu: the roles that it is for; the menus below it are for no others. A menu that is
# not named is for everybody who sees the menu that it is in.
MENUS = {
    **addon_tables.MENUS,
    **dict.fromkeys(
        ("crm_card_scan_menu", "crm_contact_import_menu"), {*SALES, "custodian"}
    ),
    "crm_duplicate_pair_menu": {*LEADERS, "custodian"},
    **dict.fromkeys(("crm_next_contact_menu", "crm_not_now_menu"), SALES),
    "crm_pool_aside_menu": SALES,
    "crm_person_profile_menu": {*SALES, "custodian"},
    "crm_archive_loan_menu_decide": {*SALES, "custodian"},
    "crm_archive_loan_menu": {*SALES, "custodian"},
    "crm_confidential_access_menu": {*MANAGERS, "custodian"},
    "crm_pool_stay_menu_approvals": SALES,
    "crm_pool_batch_menu_handovers": SALES,
    "crm_leaver_menu": LEADERS,
    "crm_red_list_menu": LEADERS,
    "crm_followup_target_menu": LEADERS,
    "crm_work_report_menu": LEADERS,
    "crm_work_report_duty_menu": ADMIN,
    "crm_care_broadcast_menu": MANAGERS,
    "crm_sms_log_menu": MANAGERS,
    "crm_callback_menu_root": {*SALES, "agent"},
    "crm_callback_desk_menu": {"agent"},
    "crm_callback_report_menu": LEADERS,
    "crm_callback_rate_menu": LEADERS,
    "crm_relations_menu_reporting": LEADERS,
    "crm_daily_digest_menu": MANAGERS,
    "crm_relations_menu_configuration": MANAGERS,
    "crm_relations_menu_settings": set(),  # of the system's administrator
    "crm_working_day_menu": ADMIN,
    "crm_relations_menu_config_archive": ADMIN,
    "crm_churn_reason_menu": ADMIN,
    "crm_relations_menu_config_followup": ADMIN,
    "crm_pool_reason_menu": ADMIN,
    "crm_pool_first_day_menu": ADMIN,
    "crm_callback_outcome_menu": ADMIN,
}
# Action on selected customers: the roles that find it in the menu, and what it calls,
# or the act.
SELECTIONS = {
    "crm_club_invite_server_action": (SALES, "action_invite_to_club"),
    "crm_key_account_server_action": (set(ROLES), "action_nominate_key_account"),
    "crm_account_team_server_action": (SALES, "action_appoint"),
    "crm_contact_map_server_action": (set(ROLES), "action_open_contact_map"),
    "crm_referral_server_action": (SALES, "action_register_referral"),
    "crm_event_invite_server_action": (SALES, "action_invite_to_activity"),
    "crm_satisfaction_ask_server_action": (SALES, "satisfaction"),
    "crm_lost_customer_server_action": (SALES, "action_register_lost"),
    "crm_tier_override_server_action": (LEADERS, "action_set_tier"),
    "res_partner_extend_server_action": (SALES, "action_extend"),
    "res_partner_hand_over_server_action": (SALES, "action_hand_over"),
    "res_partner_pool_assign_server_action": (SALES, "assign"),
    "res_partner_pool_claim_server_action": (SALES, "claim"),
    "res_partner_pool_distribute_server_action": (SALES, "action_pool_distribute"),
    "res_partner_pool_move_server_action": (SALES, "action_pool_move"),
    "res_partner_pool_put_aside_server_action": (SALES, "action_pool_put_aside"),
    "res_partner_pool_release_server_action": (SALES, "release"),
    "res_partner_protect_server_action": (SALES, "protect"),
    "res_partner_share_server_action": (SALES, "action_share"),
    "res_partner_verify_server_action": (
        {*SALES, "custodian"},
        "action_verify_archive",
    ),
}
# Action of a menu: the filters that are on when it opens; without a row none.
FILTERS = {
    **addon_tables.FILTERS,
    "crm_archive_proposal_action": {"open", "in_use"},
    "crm_pool_aside_action": {"now", "in_use"},
    "crm_call_action": {"to_assign"},
    "crm_callback_action": {"open", "in_use"},
    "crm_callback_rule_action": {"all"},
    "crm_care_report_action": {"by_people"},
    "crm_care_task_action": {"open", "in_use"},
    "crm_care_task_action_week": {"week", "in_use"},
    "crm_customer_action_overdue": {"not_lost"},
    "crm_confidential_access_action": {"month"},
    "crm_customer_value_action": {"in_use"},
    "crm_club_benefit_use_action": {"standing"},
    "crm_club_membership_action": {"current"},
    "crm_duplicate_pair_action": {"to_decide", "in_use"},
    "crm_followup_action": {"mine"},
    "crm_lost_customer_action": {"open", "in_use"},
    "crm_next_contact_action": {"mine"},
    "crm_playbook_run_action": {"running", "in_use"},
    "crm_pool_leaving_action": {"mine"},
    "crm_pool_rule_action": {"all"},
    "crm_pool_stay_action": {"in_force", "in_use"},
    "crm_reception_action": {"today"},
    "crm_relationship_report_action": {"with_level"},
    "crm_target_result_action": {"recent"},
    "crm_work_report_action": {"unread"},
    "crm_work_report_result_action": {"due"},
    "crm_workload_report_action": {"date"},
    "crm_workload_report_action_mine": {"date"},
}
NIGHTLY = (1, "days")
# Job: on which model it calls what, how often. Fractions of a day go on in the day.
JOBS = {
    **addon_tables.JOBS,
    "take_in": ("crm.take.in", "_cron_take_in", NIGHTLY),
    "working_days": ("crm.working.day", "_cron_refresh", NIGHTLY),
    "segments": ("crm.segmentation", "_cron_decide", NIGHTLY),
    "contact_dates": ("res.partner", "_cron_refresh_contact_dates", NIGHTLY),
    "points_due": ("loyalty.card", "_cron_points_due", NIGHTLY),
    "pool_release": ("crm.pool.rule", "_cron_release", NIGHTLY),
    "pool_holdings": ("crm.pool.holding", "_cron_recount", NIGHTLY),
    "pool_shares": ("crm.customer.share", "_cron_end_shares", NIGHTLY),
    "loans": ("crm.archive.loan", "_cron_end_loans", NIGHTLY),
    "account_teams": ("crm.account.team.member", "_cron_end_members", NIGHTLY),
    "pool_stays": ("crm.pool.stay", "_cron_end_stays", NIGHTLY),
    "pool_dates": ("res.partner", "_cron_refresh_release_dates", NIGHTLY),
    "daily_digest": ("crm.daily.digest", "_cron_send", (1, "hours")),
    "care": ("crm.care.rule", "_cron_create_tasks", NIGHTLY),
    "care_dispatch": ("crm.care.dispatch", "_cron_dispatch", (1, "hours")),
    "callback": ("crm.callback.rule", "_cron_create_callbacks", (1, "hours")),
    "care_events": ("crm.care.rule", "_cron_create_event_tasks", (15, "minutes")),
    "archive_completeness": ("res.partner", "_cron_refresh_completeness", NIGHTLY),
    "name_keys": ("crm.name.key", "_cron_keep", NIGHTLY),
    "duplicates": ("crm.duplicate.pair", "_cron_find", NIGHTLY),
    "work_reports": ("crm.work.report.duty", "_cron_ask", (1, "hours")),
    "club_levels": ("crm.club", "_cron_decide_levels", NIGHTLY),
    "activity_fit": ("crm.activity.model", "_cron_fit", (1, "months")),
    "follow_parameters": (
        "crm.segmentation",
        "_cron_follow_parameters",
        (12, "months"),
    ),
    "value_fit": ("crm.value.model", "_cron_fit", (1, "months")),
}


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"menus_{role}", groups=group)
            for role, group in ROLES.items()
        }

    def _get_names(self, records):
        """Return ``{name without our prefix: record}`` of those that are ours."""
        ids = records.get_external_id()
        return {
            ids[record.id].rpartition(".")[2]: record
            for record in records
            if ids[record.id].startswith("crm_relations")
        }

    def _get_roles(self, menu, names):
        """Return the roles that a menu and all that it is in are for."""
        return set(ROLES).intersection(
            *(
                MENUS.get(name, ROLES)
                for name, parent in names.items()
                if menu.parent_path.startswith(parent.parent_path)
            )
        )

    def test_each_role_sees_the_menus_that_are_for_it(self):
        root = self.env.ref("crm_relations.crm_relations_menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        names = self._get_names(menus)
        self.assertLessEqual(set(MENUS), set(names))
        for role, user in self.users.items():
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            for name, menu in names.items():
                expected = role in self._get_roles(menu, names)
                if expected and not menu.action:
                    continue
                offered = set(map(int, menu.parent_path.strip("/").split("/")))
                with self.subTest(role=role, menu=name):
                    self.assertEqual(visible.issuperset(offered), expected)

    def test_each_menu_opens_with_its_filters_on(self):
        root = self.env.ref("crm_relations.crm_relations_menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        for menu in menus.filtered(lambda menu: menu.action):
            if menu.action._name != "ir.actions.act_window":
                continue
            [name] = menu.action.get_external_id().values()
            values = {"uid": self.env.uid, "allowed_company_ids": [], "active_id": 0}
            context = safe_eval(menu.action.context or "{}", values)
            on = {
                key.removeprefix("search_default_")
                for key, value in context.items()
                if key.startswith("search_default_") and value
            }
            expected = FILTERS.get(name.rpartition(".")[2], set())
            with self.subTest(action=name):
                self.assertEqual(on, expected)
                view = menu.action.search_view_id
                if on:
                    arch = etree.fromstring(
                        self.env[menu.action.res_model].get_view(view.id, "search")[
                            "arch"
                        ]
                    )
                    names = {node.get("name") for node in arch.iter()}
                    self.assertLessEqual(on, names)

    def test_each_role_finds_the_actions_on_a_selection_that_are_for_it(self):
        actions = self.env["ir.actions.server"].search(
            [("binding_model_id.model", "=", "res.partner")]
        )
        names = self._get_names(actions)
        self.assertEqual(set(names), set(SELECTIONS))
        for name, (roles, method) in SELECTIONS.items():
            action = names[name]
            done = f"action = records.{method}()"
            if action.state == "customer_act":
                done = method
            self.assertEqual(action.customer_act or action.code, done)
            for role, user in self.users.items():
                offered = action.group_ids & user.all_group_ids or not action.group_ids
                with self.subTest(role=role, action=name):
                    self.assertEqual(bool(offered), role in roles)

    def test_each_job_calls_its_method_as_often_as_it_should(self):
        jobs = self.env["ir.cron"].with_context(active_test=False).search([])
        names = self._get_names(jobs)
        found = {
            name.removeprefix("ir_cron_"): (
                job.model_id.model,
                job.code.removeprefix("model.").removesuffix("()"),
                (job.interval_number, job.interval_type),
            )
            for name, job in names.items()
        }
        self.assertEqual(found, JOBS)
        for name, job in names.items():
            with self.subTest(name):
                self.assertTrue(job.active)

    def test_what_others_wait_for_comes_first_in_the_night(self):
        order = [
            *("take_in", "working_days", "segments", "pool_release", "pool_dates"),
            *("care", "archive_completeness", "activity_fit"),
        ]
        jobs = [self.env.ref(f"crm_relations.ir_cron_{name}") for name in order]
        ranks = [job.priority for job in jobs]
        self.assertEqual(ranks, sorted(ranks))

import {addTour} from "./patient_tour.esm";

const CURRENT = ".o_statusbar_status .o_arrow_button_current";

addTour("crm_relations_key_account_nominate", {
    url: "/odoo/key-account-nominations/new",
    steps: () => [
        {
            content: "A salesperson nominates a customer",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Tour Big",
        },
        {
            trigger: ".ui-autocomplete .dropdown-item:contains('Tour Big')",
            run: "click",
        },
        {
            content: "and says why",
            trigger: ".o_field_widget[name=reason] textarea",
            run: "edit They build their new line with us",
        },
        {
            content: "What people judge is asked for",
            trigger: "a[name=judged]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=judgement_ids] td[name=points]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=judgement_ids] [name=points] input",
            run: "edit 4",
        },
        {trigger: "button[name=action_nominate]", run: "click"},
        {
            content: "Somebody else decides",
            trigger: `${CURRENT}:contains('To Decide')`,
        },
    ],
});

addTour("crm_relations_key_account_approve", {
    url: "/odoo/key-account-nominations",
    steps: () => [
        {
            trigger: ".o_data_row td:contains('Tour Big')",
            run: "click",
        },
        {trigger: "button[name=action_approve]", run: "click"},
        {
            content: "It is a key account now",
            trigger: `${CURRENT}:contains('Key Account')`,
        },
        {trigger: "button[name=action_open_customer]", run: "click"},
        {
            content: "and the customer shows it",
            trigger: "span[name=key_account_state] .badge:contains('Key Account')",
        },
    ],
});

addTour("crm_relations_account_plan_review", {
    url: "/odoo/plan-reviews",
    steps: () => [
        {
            content: "The review that is due",
            trigger: ".o_data_row:first td[name=plan_id]",
            run: "click",
        },
        {
            content: "shows what was planned and what is reached",
            trigger: ".o_field_widget[name=figures] td:contains('Sell')",
        },
        {
            trigger: ".o_field_widget[name=decisions] textarea",
            run: "edit We go on, and visit them twice a month",
        },
        {trigger: "button[name=action_hold]", run: "click"},
        {
            content: "and keeps it",
            trigger: `${CURRENT}:contains('Review Held')`,
        },
        {trigger: "button[name=action_open_plan]", run: "click"},
        {
            content: "The plan asks for a change",
            trigger: "a[name=changes]",
            run: "click",
        },
        {trigger: "button[name=action_ask_change]", run: "click"},
        {
            trigger: ".o_field_widget[name=kind] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains('Budget')",
            run: "click",
        },
        {trigger: ".o_field_widget[name=new_amount] input", run: "edit 2000"},
        {trigger: ".o_field_widget[name=reason] input", run: "edit More visits"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
    ],
});

addTour("crm_relations_account_team", {
    steps: () => [
        {
            content: "A key account has nobody in its team yet",
            trigger: ".o_crm_overview_team button:contains('Appoint somebody')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=user_id] input",
            run: "edit Sam",
        },
        {
            trigger: ".ui-autocomplete .dropdown-item:contains('Sam')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=role_id] input",
            run: "edit Technical",
        },
        {
            trigger: ".ui-autocomplete .dropdown-item:contains('Technical Consultant')",
            run: "click",
        },
        {
            content: "What the role opens is said",
            trigger: ".modal .o_field_widget[name=role_access]:contains('May Change')",
        },
        {trigger: ".modal button[name=action_apply]:visible", run: "click"},
        {
            content: "Who is in the team stands on the first page",
            trigger: ".o_crm_overview_member:contains('Technical Consultant')",
        },
        {
            content: "The map is a click away",
            trigger: ".o_crm_overview_team button:contains('Contact map')",
            run: "click",
        },
        {
            content: "It draws who decides",
            trigger: ".o_crm_map_person:contains('Tour Boss')",
        },
        {
            content: "says what is missing",
            trigger: ".o_crm_map_gap:contains('nobody of us has spoken')",
        },
        {
            content: "and shows the team",
            trigger: ".o_crm_map_team:contains('Technical Consultant')",
        },
        {
            content: "A person opens",
            trigger: ".o_crm_map_person:contains('Tour Boss')",
            run: "click",
        },
        {trigger: ".o_field_widget[name=name] input:value('Tour Boss')"},
    ],
});

addTour("crm_relations_account_return", {
    url: "/odoo/plans",
    steps: () => [
        {
            content: "The plan of a key account",
            trigger: ".o_data_row td[name=partner_id]:contains('Tour Big')",
            run: "click",
        },
        {
            content: "Has it paid?",
            trigger: "button[name=action_view_account_return]",
            run: "click",
        },
        {
            content: "What it brought and cost in the time of the plan",
            trigger: "table[name=figures] [name=revenue]:contains('800')",
        },
        {
            content: "opens what it is the sum of",
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:contains('Calls') button[name=action_open_documents]",
            run: "click",
        },
        {
            content: "exactly these",
            trigger: ".o_breadcrumb:contains('Calls')",
        },
        {
            trigger: ".o_data_row td[name=purpose]:contains('Tour call')",
        },
    ],
});

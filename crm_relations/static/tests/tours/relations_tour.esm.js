import {addTour} from "./patient_tour.esm";
import {stepUtils} from "@web_tour/tour_utils";

const openApp = () => [
    stepUtils.showAppsMenuItem(),
    {
        trigger: ".o_app[data-menu-xmlid='crm_relations.crm_relations_menu_root']",
        run: "click",
    },
];
const openMenu = (menu, item) => [
    {
        trigger: `.o_menu_sections [data-menu-xmlid='crm_relations.${menu}']`,
        run: "click",
    },
    {
        trigger: `.o-dropdown--menu [data-menu-xmlid='crm_relations.${item}']`,
        run: "click",
    },
];

addTour("crm_relations_archive", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        {
            content: "What to do now is the first thing to see",
            trigger:
                ".o_crm_my_day_card[data-card=contact_due] .list-group-item:contains('Tour Trading')",
        },
        ...openMenu("crm_customer_menu", "crm_customer_menu_mine"),
        {
            trigger: ".o_list_view .o_data_cell:contains('Tour Trading')",
            run: "click",
        },
        {
            content: "Nothing of the characteristics is there yet",
            trigger: ".o_form_view .o_field_widget[name=archive_rate]:contains('0')",
        },
        {trigger: ".nav-link[name=characteristics]", run: "click"},
        {
            trigger: ".o_field_widget[name=business_policy] textarea",
            run: "edit Cash on delivery",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        {
            content: "Completeness has risen",
            trigger: ".o_field_widget[name=archive_rate]:contains('50')",
        },
        {
            content: "Log a follow-up without leaving the customer",
            trigger: "button[name=action_log_followup]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=purpose] input",
            run: "edit Agreed on terms",
        },
        {trigger: ".modal footer .btn-primary", run: "click"},
        {
            content: "It is counted",
            trigger:
                "body:not(:has(.modal)) button[name=action_view_followups]:contains('1')",
        },
    ],
});

addTour("crm_relations_rules", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...openMenu("crm_relations_menu_configuration", "crm_tier_scheme_menu"),
        {
            trigger: ".o_list_view .o_data_cell:contains('Tour scheme')",
            run: "click",
        },
        {
            content: "See whom the scheme would hit, and why",
            trigger: "button[name=action_preview]",
            run: "click",
        },
        {trigger: ".o_data_row:contains('Tour Trading')"},
        {trigger: ".breadcrumb-item a:contains('Tour scheme')", run: "click"},
        {
            content: "How many would enter and leave each tier",
            trigger: "button[name=action_compare]",
            run: "click",
        },
        {trigger: ".o_data_row:contains('Without tier')"},
        {trigger: ".breadcrumb-item a:contains('Tour scheme')", run: "click"},
        {trigger: "button[name=action_run]", run: "click"},
        {trigger: ".modal footer .btn-primary", run: "click"},
        {
            content: "The run says how many changed",
            trigger: ".o_notification:contains('changed their tier')",
        },
    ],
});

addTour("crm_relations_pool", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...openMenu("crm_relations_menu_configuration", "crm_relations_menu_settings"),
        {
            content: "The jobs of the night",
            trigger: "button[name=action_view_nightly_jobs]",
            run: "click",
        },
        {
            trigger:
                ".o_list_view .o_data_cell:contains('release into the public pool')",
            run: "click",
        },
        {
            content: "Run the release by hand",
            trigger: "button[name=method_direct_trigger]",
            run: "click",
        },
        {trigger: ".o_form_view button[name=method_direct_trigger]:enabled"},
        ...openMenu("crm_customer_menu", "crm_pool_customer_menu"),
        {
            content: "The released customer, with the reason in a sentence",
            trigger:
                ".o_data_row:contains('Tour Silent'):contains('No follow-up since')",
        },
        {trigger: ".o_data_cell:contains('Tour Silent')", run: "click"},
        {trigger: ".o_form_view .ribbon span:contains('Public pool')"},
        {
            content: "Why?",
            trigger: "span[name=pool_place] .o_crm_reason",
            run: "click",
        },
        {trigger: ".o_crm_reason_popover:contains('had not followed up')"},
    ],
});

const explain = (state, words) => [
    {trigger: `span[name=${state}] .o_crm_reason`, run: "click"},
    {trigger: `.o_crm_reason_popover:contains('${words}')`},
    {trigger: ".o_form_sheet", run: "click"},
];

addTour("crm_relations_segments", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...openMenu("crm_customer_menu", "crm_customer_menu_all"),
        {trigger: ".o_searchview_input", run: "edit Tour Trading"},
        {trigger: ".o_searchview_input", run: "press Enter"},
        {
            trigger: ".o_list_view .o_data_cell:contains('Tour Trading')",
            run: "click",
        },
        {
            content: "Decide everything of this customer now",
            trigger: "button[name=action_refresh_segments]",
            run: "click",
        },
        {trigger: ".o_notification:contains('Up to date')"},
        ...explain("tier_state", "place 1 of 1"),
        ...explain("lifecycle_state", "orders"),
        ...explain("relationship_state", "points"),
        ...explain("activity_state", "order"),
        {
            content: "All of it stands in the history",
            trigger: ".o_notebook .nav-link[name=history]",
            run: "click",
        },
        {trigger: ".o_crm_history_line[data-kind=tier]:contains('place 1 of 1')"},
        {trigger: ".o_crm_history button[data-kind=lifecycle]", run: "click"},
        {
            content: "and one kind alone",
            trigger:
                ".o_crm_history:has(.o_crm_history_line[data-kind=lifecycle]):not(:has(.o_crm_history_line[data-kind=tier]))",
        },
        {
            content: "This customer is gone",
            trigger: ".o_cp_action_menus .dropdown-toggle",
            run: "click",
        },
        {trigger: ".o_menu_item:contains('Register as lost')", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=reason_id] input",
            run: "edit Price",
        },
        {trigger: ".ui-autocomplete .dropdown-item:contains('Price')", run: "click"},
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {trigger: "body:not(:has(.modal)) .ribbon span:contains('Lost')"},
        ...openMenu("crm_relations_menu_reporting", "crm_tier_migration_menu"),
        {
            content: "It has come into tier A this month",
            trigger: ".o_pivot table:contains('A'):contains('Customers')",
        },
    ],
});

addTour("crm_relations_structure", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...openMenu("crm_customer_menu", "crm_customer_menu_structure"),
        {content: "The structure as a graph", trigger: ".o_graph_renderer canvas"},
        {
            content: "and as a pivot, with amounts that add up",
            trigger: ".o_cp_switch_buttons .o_pivot",
            run: "click",
        },
        {trigger: ".o_pivot table:contains('Sales, 1 Year')"},
    ],
});

const standAt = (latitude, longitude) => () => {
    const getCurrentPosition = (found) =>
        found({coords: {latitude, longitude, accuracy: 12}});
    Object.defineProperty(navigator, "geolocation", {
        configurable: true,
        value: {getCurrentPosition},
    });
};
const refusePosition = () => {
    const getCurrentPosition = (_found, refused) => refused({code: 1});
    Object.defineProperty(navigator, "geolocation", {
        configurable: true,
        value: {getCurrentPosition},
    });
};

addTour("crm_relations_visit", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        {
            content: "A browser that refuses to tell its position",
            trigger: ".o_menu_sections",
            run: refusePosition,
        },
        ...openMenu("crm_followup_menu", "crm_visit_nearby_menu"),
        {trigger: ".o_notification:contains('may not tell its position')"},
        {trigger: ".o_menu_sections", run: standAt(31.1784, 121.5272)},
        ...openMenu("crm_followup_menu", "crm_visit_nearby_menu"),
        {
            content: "The customers around, with their distance",
            trigger:
                ".o_kanban_record:contains('Tour Trading'):contains('m') button[name=action_check_in]",
            run: "click",
        },
        {
            content: "Near enough: checked in at once, and verified",
            trigger:
                ".o_form_view .o_field_widget[name=visit_result]:contains('Verified')",
        },
        {trigger: ".o_menu_sections", run: standAt(31.3, 121.5272)},
        {trigger: "button[name=action_check_out]", run: "click"},
        {
            content: "Far from there: why?",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Drove to the site together",
        },
        {
            trigger: ".modal footer button[name=action_apply]:visible",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=visit_result]:contains('Out of range')",
        },
    ],
});

addTour("crm_relations_reception", {
    url: "/odoo/reception",
    steps: () => [
        {trigger: ".o-kanban-button-new", run: "click"},
        {
            content: "The telephone number first",
            trigger: ".o_field_widget[name=phone] input",
            run: "edit 138 0013 8000 && press Tab",
        },
        {
            content: "It finds the customer",
            trigger: ".o_field_widget[name=partner_id] input:value('Tour Trading')",
        },
        {trigger: "button[name=action_register]", run: "click"},
        {
            content: "The board shows who waits; hand over",
            trigger:
                ".o_kanban_record:contains('Tour Trading') button[name=action_hand_over]",
            run: "click",
        },
        {
            content: "Then the visitor leaves",
            trigger:
                ".o_kanban_record:contains('Tour Trading'):not(:has(button[name=action_hand_over])) button[name=action_leave]",
            run: "click",
        },
        {
            trigger:
                ".o_kanban_record:contains('Tour Trading'):not(:has(button[name=action_leave]))",
        },
    ],
});

addTour("crm_relations_calls", {
    url: "/odoo/calls-to-assign",
    steps: () => [
        {
            trigger:
                ".o_data_row:contains('+8613900139000') button[name=action_assign_call_to_new]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Tour Newcomer",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        {
            content: "The new customer, with its number and its call",
            trigger: ".o_form_view .o_field_widget[name=name] :value('Tour Newcomer')",
        },
        {trigger: "button[name=action_view_followups]:contains('1')"},
    ],
});

addTour("crm_relations_my_day", {
    url: "/odoo/my-day",
    steps: () => [
        {
            content: "Alone, the leader has nothing to do",
            trigger: ".o_crm_my_day_card[data-card=contact_due] .badge:contains('0')",
        },
        {
            content: "The target of the team is on top",
            trigger: "select.o_crm_my_day_scope",
            run: "selectByLabel North",
        },
        {trigger: ".o_crm_my_day_target:contains('Tour target'):contains('0 / 3')"},
        {
            content: "All that a card counts",
            trigger: ".o_crm_my_day_card[data-card=contact_due] .card-header",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains('Tour Trading')"},
        {trigger: ".o_back_button, .breadcrumb-item a", run: "click"},
        {
            content: "The day is still that of the team; a line opens its customer",
            trigger:
                ".o_crm_my_day_card[data-card=contact_due] .list-group-item:contains('Sally') .btn-link",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=name]:has(input), .o_form_view:contains('Tour Trading')",
        },
    ],
});

import {registry} from "@web/core/registry";
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

registry.category("web_tour.tours").add("crm_relations_archive", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        {
            content: "My customers are the first thing to see",
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

registry.category("web_tour.tours").add("crm_relations_rules", {
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
        {trigger: ".o_group_header", run: "click"},
        {trigger: ".o_data_row:contains('Tour Trading'):contains('Tier')"},
        {trigger: ".breadcrumb-item a:contains('Tour scheme')", run: "click"},
        {trigger: "button[name=action_run]", run: "click"},
        {trigger: ".modal footer .btn-primary", run: "click"},
        {
            content: "The run says how many changed",
            trigger: ".o_notification:contains('changed their tier')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_relations_pool", {
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
                ".o_data_row:contains('Tour Silent'):contains('had not followed up')",
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

registry.category("web_tour.tours").add("crm_relations_structure", {
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

import {addTour} from "./patient_tour.esm";
import {answerFor} from "./slow_server.esm";
import {stepUtils} from "@web_tour/tour_utils";

addTour("crm_relations_customer_page", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='crm_relations.crm_relations_menu_root']",
            run: "click",
        },
        {trigger: ".o_crm_my_day"},
        {
            trigger:
                ".o_menu_sections [data-menu-xmlid='crm_relations.crm_customer_menu']",
            run: "click",
        },
        {
            trigger:
                ".o-dropdown--menu [data-menu-xmlid='crm_relations.crm_customer_menu_mine']",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_cell:contains('Tour Trading')",
            run: "click",
        },
        {
            content: "What was said last stands on the first page",
            trigger: ".o_crm_overview_contact:contains('He wants vans')",
        },
        {trigger: ".o_crm_overview_step:contains('Send the offer')"},
        {
            content: "Of many steps the first ones; how many there are is said",
            trigger: ".o_crm_overview_steps:contains('Planned in all: 9.')",
        },
        {trigger: ".o_crm_overview_person:contains('Li Wei'):contains('Supporter')"},
        {
            content: "Why, of what somebody has deleted meanwhile: nothing",
            trigger: ".o_crm_reason:first",
            async run({click}) {
                answerFor("read", []);
                await click();
            },
        },
        {
            trigger: ".o_crm_reason_popover:contains('Nothing has been decided yet')",
        },
        {
            content: "A month opens its orders",
            trigger: ".o_crm_month:last",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row"},
        {trigger: ".breadcrumb-item a:contains('Tour Trading')", run: "click"},
        {
            content: "A figure opens what it counts",
            trigger: "button[name=action_view_quotations]:contains('1')",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row"},
        {trigger: ".breadcrumb-item a:contains('Tour Trading')", run: "click"},
        {trigger: ".o_notebook .nav-link[name=history]", run: "click"},
        {trigger: ".o_crm_history_line[data-kind=order]"},
        {
            content: "Search in what was said",
            trigger: ".o_crm_history_search",
            run: "edit vans && press Enter",
        },
        {
            trigger:
                ".o_crm_history:not(:has(.o_crm_history_line[data-kind=order])) .o_crm_history_line[data-kind=call] button",
            run: "click",
        },
        {
            content: "A line opens its record",
            trigger: ".o_form_view .o_field_widget[name=purpose]",
        },
    ],
});

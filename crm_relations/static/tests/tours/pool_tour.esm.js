import {addTour} from "./patient_tour.esm";
import {stepUtils} from "@web_tour/tour_utils";

const openPool = () => [
    {
        trigger: ".o_menu_sections [data-menu-xmlid='crm_relations.crm_customer_menu']",
        run: "click",
    },
    {
        trigger:
            ".o-dropdown--menu [data-menu-xmlid='crm_relations.crm_pool_customer_menu']",
        run: "click",
    },
];

addTour("crm_relations_claim", {
    url: "/odoo",
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='crm_relations.crm_relations_menu_root']",
            run: "click",
        },
        ...openPool(),
        {
            content: "What one holds, and what is left",
            trigger: ".o_crm_pool_banner:contains('You hold 1 of 2.')",
        },
        {
            content: "One click takes a customer",
            trigger: ".o_data_row:contains('Tour Free') .o_crm_claim",
            run: "click",
        },
        {trigger: ".o_notification:contains('It is yours now')"},
        {
            content: "and opens it, out of the pool",
            trigger: ".o_form_view .o_field_widget[name=name]:has(input)",
        },
        {trigger: ".o_form_view:not(:has(.ribbon span:contains('Public pool')))"},
        ...openPool(),
        {trigger: ".o_crm_pool_banner:contains('You hold 2 of 2.')"},
        {
            content: "At the cap, one is given for the other",
            trigger: ".o_data_row:contains('Tour Wanted') .o_crm_claim",
            run: "click",
        },
        {
            trigger: ".modal .o_crm_swap_suggestion:contains('Tour Silent') button",
            run: "click",
        },
        {trigger: ".o_notification:contains('It is yours now')"},
        {
            content: "The form opens before the menu is asked again",
            trigger: ".o_form_view .o_breadcrumb:contains('Tour Wanted')",
        },
        ...openPool(),
        {
            content: "The one given up is in the pool",
            trigger: ".o_data_row:contains('Tour Silent')",
        },
        {
            content: "Keeping what one has changes nothing",
            trigger: ".o_data_row:contains('Tour Silent') .o_crm_claim",
            run: "click",
        },
        {trigger: ".modal .btn:contains('Keep my customers')", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});

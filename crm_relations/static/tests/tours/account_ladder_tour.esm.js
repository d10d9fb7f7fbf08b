import {addTour} from "./patient_tour.esm";

addTour("crm_relations_account_levels", {
    url: "/odoo/account-levels",
    steps: () => [
        {
            content: "Ladders are shown by their steps",
            trigger: ".o_group_header:contains('Levels of account managers')",
            run: "click",
        },
        {
            trigger: ".o_group_header:contains('Pusher')",
            run: "click",
        },
        {
            content: "with what to do next",
            trigger:
                ".o_data_row:contains('Tour Big') td[name=next_advice]:contains('Be in touch each month')",
        },
        {
            trigger: ".o_data_row td:contains('Tour Big')",
            run: "click",
        },
        {
            content: "The customer shows each step and what is missing",
            trigger: "a[name=relationship]",
            run: "click",
        },
        {
            trigger: ".o_crm_account_steps:contains('Strategic partner')",
        },
    ],
});

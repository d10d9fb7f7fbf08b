import {addTour} from "./patient_tour.esm";

addTour("crm_relations_referral", {
    url: "/odoo/referrals",
    steps: () => [
        {
            content: "Who answers for all customers reads who brought whom",
            trigger: ".o_data_row:contains('Ada Motors') td:contains('New One')",
            run: "click",
        },
        {
            content: "And confirms it",
            trigger: ".o_form_view button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The customer's first order is awaited now",
            trigger: ".o_form_view .o_arrow_button_current:contains('Confirmed')",
        },
    ],
});

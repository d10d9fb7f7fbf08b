import {addTour} from "./patient_tour.esm";

addTour("crm_relations_value", {
    url: "/odoo/customer-value-curve",
    steps: () => [
        {
            content: "How few customers bring how much is told and drawn",
            trigger: ".o_crm_value_curve .o_crm_value_drawn",
        },
        {
            content: "The same of the lifetime value",
            trigger: ".o_crm_value_curve .btn-group .btn:not(.active)",
            run: "click",
        },
        {
            content: "The few are opened",
            trigger: ".o_crm_value_curve .btn.active:contains('Lifetime')",
        },
        {
            trigger: ".o_crm_value_few",
            run: "click",
        },
        {
            content: "Each with its value",
            trigger: ".o_data_row td:contains('Tour Trading')",
            run: "click",
        },
        {
            content: "And why",
            trigger: ".o_form_view .o_crm_reason",
            run: "click",
        },
        {
            trigger: ".o_popover:contains('to be expected within 12 months')",
        },
    ],
});

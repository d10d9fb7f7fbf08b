import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";

addTour("crm_relations_complaint_approval", {
    url: "/odoo/complaint-approvals",
    steps: () => [
        {
            trigger: ".o_data_row:contains('It was our fault') td[name=reason]",
            run: "click",
        },
        {
            content: "Who decides sees what was given so far",
            trigger: ".o_form_view .o_field_widget[name=granted_before]",
        },
        {trigger: ".o_statusbar_buttons button[name=action_approve]", run: "click"},
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains('Approved')"},
    ],
});

import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";

addTour("crm_relations_complaint_clock", {
    url: "/odoo/action-crm_relations_complaint.crm_complaint_action",
    steps: () => [
        {
            content: "What is due next stands in the list",
            trigger:
                ".o_data_row:contains('Tour Rattle'):contains('First contact'):contains('left') td[name=subject]",
            run: "click",
        },
        {
            content: "The strip says whose clock it is and how long there is",
            trigger:
                ".o_form_view div[name=clock_strip] .alert-info:contains('First contact'):contains('left'):contains('Olga')",
        },
        {
            trigger: ".o_statusbar_buttons .o_crm_complaint_more",
            run: "click",
        },
        {
            trigger: ".o-dropdown-item[data-act=pause]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit Photos of the customer",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {
            content: "It stands still, and why",
            trigger:
                "div[name=clock_strip] .alert-warning:contains('Photos of the customer')",
        },
        {trigger: ".o_statusbar_buttons button[data-act=resume]", run: "click"},
        {
            trigger:
                ".o_form_view:not(:has(div[name=clock_strip] .alert-warning)) div[name=clock_strip] .alert-info:contains('left')",
        },
        {trigger: ".o_notebook a[name=page_clocks]", run: "click"},
        {
            content: "All clocks stand there with what came of them",
            trigger:
                ".o_field_widget[name=clock_ids] .o_data_row:contains('First contact'):contains('Running')",
        },
    ],
});

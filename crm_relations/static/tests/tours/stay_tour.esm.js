import {addTour} from "./patient_tour.esm";

addTour("crm_relations_extension_ask", {
    url: "/odoo/about-to-leave",
    steps: () => [
        {
            content: "The days left and the reason stand in the list",
            trigger: ".o_data_row:contains('Tour Leaving'):contains('No follow-up')",
        },
        {
            trigger: ".o_data_row:contains('Tour Leaving') button[name=action_extend]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit The tender is decided next week",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        {
            content: "One is told who has to approve it",
            trigger: ".o_notification:contains('has been asked to approve it')",
        },
        {trigger: "body:not(:has(.modal))"},
        {
            content: "The list shows that it waits",
            trigger: ".o_data_row:contains('Tour Leaving'):contains('asked for')",
        },
    ],
});

addTour("crm_relations_extension_approve", {
    url: "/odoo/pool-approvals",
    steps: () => [
        {
            trigger:
                ".o_data_row:contains('Tour Leaving'):contains('The tender is decided') button[name=action_approve]",
            run: "click",
        },
        {trigger: ".o_notification"},
        {
            content: "What is decided does not wait any more",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Tour Leaving')))",
        },
    ],
});

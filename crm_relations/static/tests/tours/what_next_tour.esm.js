import {addTour} from "./patient_tour.esm";

addTour("crm_relations_what_next", {
    url: "/odoo/what-next",
    steps: () => [
        {
            content: "Why somebody stands where it does can be read in the list",
            trigger: ".o_data_row:contains('Tour Called'):contains('Dormant')",
        },
        {
            content: "And in full by its question mark",
            trigger: ".o_data_row:contains('Tour Called') .o_crm_reason",
            run: "click",
        },
        {
            trigger: ".o_crm_reason_popover:contains('Bought for')",
        },
        {
            trigger: ".o_data_row:contains('Tour Called') .o_crm_reason",
            run: "click",
        },
        {trigger: "body:not(:has(.o_crm_reason_popover))"},
        {
            trigger: ".o_data_row:contains('Tour Away') button[name=action_not_now]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input[data-value=away]",
            run: "click",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        {
            content: "Whom one puts off leaves the list",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Tour Away')))",
        },
        {trigger: "body:not(:has(.modal))"},
        {
            trigger:
                ".o_data_row:contains('Tour Called') button[name=action_log_followup]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=purpose] input",
            run: "edit Asked for the new list",
        },
        {
            trigger: ".modal footer button.btn-primary:visible",
            run: "click",
        },
        {trigger: "body:not(:has(.modal))"},
        {
            content: "Who was contacted stands below, and says so",
            trigger: ".o_data_row:contains('Tour Called'):contains('contacted today')",
        },
    ],
});

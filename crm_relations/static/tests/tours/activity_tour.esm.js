import {addTour} from "./patient_tour.esm";

addTour("crm_relations_activity", {
    url: "/odoo/customer-activities",
    steps: () => [
        {
            trigger: ".o_data_row:contains('Winter course') td[name=name]",
            run: "click",
        },
        {trigger: ".o_form_view button[name=action_invite]", run: "click"},
        {
            content: "One sees how many members are invited",
            trigger: ".modal .o_field_widget[name=member_count]:contains('1')",
        },
        {trigger: ".modal footer button[name=action_invite]", run: "click"},
        {trigger: ".o_notification:contains('Invited: 1')"},
        {trigger: "body:not(:has(.modal)) .o_form_view"},
        {trigger: "button[name=action_view_guests]", run: "click"},
        {
            content: "The guest says that he comes",
            trigger: ".o_data_row:contains('Ada') button[name=action_accept]",
            run: "click",
        },
        {trigger: ".o_data_row:contains('Ada'):contains('Registered')"},
        {
            content: "Back at the activity he is among the attendees",
            trigger: ".o_breadcrumb a:contains('Winter course')",
            run: "click",
        },
        {trigger: ".o_form_view .o_field_widget[name=seats_taken]:contains('1')"},
        {
            trigger: ".oe_stat_button:has(.o_field_widget[name=seats_taken])",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains('Ada') button[name=action_set_done]",
            run: "click",
        },
        {trigger: ".o_data_row:contains('Ada'):contains('Attended')"},
    ],
});

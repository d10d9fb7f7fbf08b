import {addTour} from "./patient_tour.esm";

addTour("crm_relations_work_report", {
    url: "/odoo/my-day",
    steps: () => [
        {
            content: "My Day says that a report is due, and opens it",
            trigger: "[data-card=work_report] .list-group-item button",
            run: "click",
        },
        {
            content: "It is filled in with what was recorded",
            trigger:
                ".o_crm_work_report_figures [data-key=followup_count]:contains('2')",
        },
        {
            trigger: ".o_field_widget[name=results] textarea",
            run: "edit Sold a lorry",
        },
        {
            trigger: ".o_field_widget[name=plan] textarea",
            run: "edit Deliver it",
        },
        {
            content: "Each figure opens what it counts, and keeps what was typed",
            trigger: ".o_crm_work_report_figures [data-key=followup_count]",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains('Great Wall')"},
        {trigger: ".o_breadcrumb .breadcrumb-item a:last", run: "click"},
        {
            trigger: ".o_field_widget[name=results] textarea:value('Sold a lorry')",
        },
        {
            content: "One click hands it in",
            trigger: "button[name=action_hand_in]",
            run: "click",
        },
        {trigger: ".o_notification:contains('Handed in')"},
        {trigger: ".o_form_view button[name=action_take_back]"},
    ],
});

addTour("crm_relations_work_report_leader", {
    url: "/odoo/my-day",
    steps: () => [
        {
            content: "The leader finds it and reads it",
            trigger: "[data-card=work_report_unread] .list-group-item button",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=results]:contains('Sold a lorry')",
        },
        {
            content: "What changed since stands beside",
            trigger:
                ".o_crm_work_report_figures [data-key=followup_count]:contains('now 3')",
        },
        {trigger: "button.o-mail-Chatter-sendMessage", run: "click"},
        {trigger: ".o-mail-Composer-input", run: "edit Well done"},
        {trigger: ".o-mail-Composer-send:enabled", run: "click"},
        {trigger: ".o-mail-Message:contains('Well done')"},
    ],
});

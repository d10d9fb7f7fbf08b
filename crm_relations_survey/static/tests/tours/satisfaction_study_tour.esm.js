import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";

addTour("crm_relations_survey_study", {
    url: "/odoo/action-crm_relations_survey.crm_satisfaction_study_action",
    steps: () => [
        {
            content: "A study is there already: its list offers those that are ready",
            trigger: ".o_list_view:has(.o_data_row:contains('Tour Study'))",
        },
        {
            trigger: ".o_control_panel button:contains('Ready Studies')",
            run: "click",
        },
        {
            content: "One click makes the study with its survey",
            trigger: ".modal button[name=action_use_lost]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=factor_ids] .o_data_row:contains('The Salesperson')",
        },
        {trigger: ".o_notebook a[name=page_questions]", run: "click"},
        {
            content: "All its questions say what they speak of",
            trigger:
                ".o_form_view:not(:has(.alert-warning)) .o_field_widget[name=item_ids] .o_data_row:contains('Recommendation')",
        },
        {trigger: ".o_breadcrumb .o_back_button", run: "click"},
        {
            trigger: ".o_list_view .o_data_row:contains('Tour Study') td[name=name]",
            run: "click",
        },
        {
            content: "What is not mapped is named on the page of the questions",
            trigger: ".o_form_view .o_notebook a[name=page_questions]",
            run: "click",
        },
        {trigger: ".alert-warning:contains('Reception')"},
        {trigger: "button[name=action_map_questions]", run: "click"},
        {
            trigger:
                ".o_field_widget[name=item_ids] .o_data_row:contains('Reception'):contains('Factor')",
        },
    ],
});

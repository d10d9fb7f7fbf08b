import {addTour} from "./patient_tour.esm";

addTour("crm_relations_understanding", {
    url: "/odoo/key-account-understanding",
    steps: () => [
        {
            content: "The leader sees how little is known of a key account",
            trigger: ".o_data_row:contains('Tour Big') td[name=rate]:contains('0')",
        },
        {
            trigger: ".o_data_row td:contains('Tour Big')",
            run: "click",
        },
        {
            content: "The page says what is missing",
            trigger: "a[name=understanding]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=understanding_missing_ids] .o_tag:contains('Its Business')",
        },
        {
            trigger: ".o_field_widget[name=understood_business] textarea",
            run: "edit Freight over long distances",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {
            content: "and what is known now counts",
            trigger: ".o_field_widget[name=understanding_rate]:contains('20')",
        },
    ],
});

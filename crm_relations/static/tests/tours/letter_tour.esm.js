import {addTour} from "./patient_tour.esm";

const PRINT = [
    {
        content: "Who cannot get a letter is told, with the reason",
        trigger: ".modal .o_field_widget[name=left_out]:contains('Lost')",
    },
    {trigger: ".modal button[name=action_print]", run: "click"},
    {
        content: "The files are there",
        trigger: ".o_form_view .o_field_widget[name=letters]",
    },
    {trigger: ".o_form_view .o_field_widget[name=post_list]"},
    {
        content: "Who was left out is still listed",
        trigger: ".o_form_view .o_field_widget[name=left_out]:contains('Lost')",
    },
];

addTour("crm_relations_letter", {
    url: "/odoo/letters-to-print",
    steps: () => [
        {
            content: "What cannot be printed says why",
            trigger: ".o_data_row:contains('Lost'):contains('address')",
        },
        {trigger: "thead .o_list_record_selector input", run: "click"},
        {
            trigger: ".o_control_panel button[name=action_print_letters]",
            run: "click",
        },
        ...PRINT,
    ],
});

addTour("crm_relations_letter_phone", {
    url: "/odoo/letters-to-print",
    steps: () => [
        {
            trigger:
                ".o_kanban_record:contains('Tour Reader') button[name=action_print_letters]",
            run: "click",
        },
        {trigger: ".modal button[name=action_print]", run: "click"},
        {trigger: ".o_form_view .o_field_widget[name=letters]"},
    ],
});

import {addTour} from "./patient_tour.esm";

const DIALOG = ".modal .o_form_view";

addTour("crm_relations_first_day", {
    url: "/odoo/public-pools",
    steps: () => [
        {trigger: ".o_list_view button:contains('First Day')", run: "click"},
        {
            content: "It proposes who owns customers",
            trigger: `${DIALOG} .o_field_widget[name=member_ids]:contains('Sally')`,
        },
        {trigger: `${DIALOG} :contains('nobody is above the limit')`},
        {
            trigger: `${DIALOG} .o_field_widget[name=most_per_night] input`,
            run: "edit 5",
        },
        {trigger: ".modal button:contains('Who Would Leave?')", run: "click"},
        {
            content: "Nothing is done yet: it shows who would leave, and when",
            trigger: ".modal :contains('12 of 13 customers (92 %)')",
        },
        {trigger: ".modal .o_data_row:contains('Sally'):contains('100%')"},
        {trigger: ".modal button:contains('Back')", run: "click"},
        {
            content: "What was typed is still there",
            trigger: `${DIALOG} .o_field_widget[name=most_per_night] input:value('5')`,
        },
        {trigger: ".modal button:contains('Who Would Leave?')", run: "click"},
        {trigger: ".modal :contains('nights: 3,')"},
        {trigger: ".modal button:contains('Install')", run: "click"},
        {
            content: "The list of what was done",
            trigger: ".o_form_view .o_data_row:contains('Most a Night: 0 → 5')",
        },
        {trigger: ".o_form_view button:contains('Undo')", run: "click"},
        {trigger: ".modal button:contains('Ok')", run: "click"},
        {
            trigger:
                ".o_form_view .o_arrow_button_current:contains('Undone'), .o_form_view .o_statusbar_status:contains('Undone')",
        },
        {
            trigger: ".o_form_view .o_data_row:contains('Undone')",
        },
    ],
});

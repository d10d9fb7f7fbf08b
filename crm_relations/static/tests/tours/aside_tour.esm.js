import {addTour} from "./patient_tour.esm";

addTour("crm_relations_take_back", {
    url: "/odoo/put-aside",
    steps: () => [
        {
            content: "Who runs the pool reads who is put aside, until when and why",
            trigger: ".o_data_row:contains('Pooled'):contains('Asked for quiet')",
        },
        {
            content: "And takes one back before its day",
            trigger: ".o_data_row:contains('Pooled') button[name=action_take_back]",
            run: "click",
        },
        {
            content: "Who is taken back leaves the list",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Pooled')))",
        },
    ],
});

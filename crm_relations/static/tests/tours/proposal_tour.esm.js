import {addTour} from "./patient_tour.esm";

const row = (words) => `.o_data_row:contains('${words}')`;
const choose = (words) => ({
    trigger: `${row(words)} .o_list_record_selector input`,
    run: "click",
});
const button = (name) => ({
    trigger: `.o_control_panel button[name=${name}]`,
    run: "click",
});

addTour("crm_relations_proposals_many", {
    url: "/odoo/archive-proposals",
    steps: () => [
        {
            content: "Several are taken over at once; what cannot be stays, and why",
            trigger: row("Tour First"),
        },
        choose("Tour First"),
        choose("Tour Second"),
        choose("Tour Wrong"),
        button("action_approve"),
        {trigger: ".o_notification:contains('It stays, Tour Wrong')"},
        {trigger: `body:not(:has(${row("Tour First")}))`},
        {
            content: "Several are refused at once, with one reason",
            trigger: row("Tour Wrong"),
        },
        choose("Tour Wrong"),
        choose("Tour Fourth"),
        button("action_refuse"),
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Nobody knows them there",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        {trigger: `body:not(:has(.modal)):not(:has(${row("Tour Fourth")}))`},
    ],
});

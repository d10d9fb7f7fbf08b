import {addTour} from "./patient_tour.esm";

const row = (words) => `.o_data_row:contains('${words}')`;

addTour("crm_relations_upkeep", {
    url: "/odoo/archive-reviews",
    steps: () => [
        {
            content: "What is late stands in the list, and is verified on its line",
            trigger: `${row("Tour Late")} button[name=action_verify]`,
            run: "click",
        },
        {trigger: `body:not(:has(${row("Tour Late")}))`},
        {
            content: "Several at once",
            trigger: `${row("Tour Second")} .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: `${row("Tour Third")} .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_verify]",
            run: "click",
        },
        {
            content: "One answer tells how each of them fared",
            trigger: ".modal footer button",
            run: "click",
        },
        {trigger: `body:not(:has(.modal)):not(:has(${row("Tour Third")}))`},
    ],
});

import {addTour} from "./patient_tour.esm";

const line = (label) => `.modal .o_data_row:has([name=label]:contains('${label}'))`;

addTour("crm_relations_propose_change", {
    steps: () => [
        {
            content: "One click from the customer",
            trigger: "button[name=action_propose_change]",
            run: "click",
        },
        {
            content: "What stands there is shown",
            trigger: `${line("City")} [name=old_text]:contains('Suzhou')`,
        },
        {
            trigger: ".modal .o_field_widget[name=note] input",
            run: "edit Told me on the telephone",
        },
        {
            content: "A text is typed",
            trigger: `${line("City")} [name=new_value]`,
            run: "click",
        },
        {
            trigger: `${line("City")} [name=new_value] input`,
            run: "edit Nanjing && press Tab",
        },
        {
            content: "A choice is chosen",
            trigger: `${line("Credit Standing")} [name=new_value]`,
            run: "click",
        },
        {
            trigger: `${line("Credit Standing")} [name=new_value] select`,
            run: "select poor",
        },
        {trigger: ".modal footer button[name=action_propose]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: ".o_notification:contains('Proposed')"},
    ],
});

import {addTour} from "./patient_tour.esm";

/** A line of a list, or its card where the screen is narrow. */
function line(filter, part = "", cell = part) {
    return `.o_data_row${filter} ${cell}, .o_kanban_record${filter} ${part}`;
}

addTour("crm_relations_loan_ask", {
    url: "/odoo/customers-relations",
    steps: () => [
        {trigger: line(":contains('Tour Lent')", "", ".o_data_cell"), run: "click"},
        {
            content: "On the page of people stands that something is closed, not what",
            trigger: ".o_notebook .nav-link[name=people]",
            run: "click",
        },
        {trigger: "[name=closed_parts]:contains('closed')"},
        {trigger: "button[name=action_ask_for_access]", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=purpose] input",
            run: "edit Visit of their board",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        {trigger: "body:not(:has(.modal footer button[name=action_apply]))"},
    ],
});

addTour("crm_relations_loan_approve", {
    url: "/odoo/loans-to-decide",
    steps: () => [
        {
            content: "Who decides reads who asks what for",
            trigger: line(
                ":contains('Tour Lent'):contains('Visit of their board')",
                "[name=action_approve]"
            ),
            run: "click",
        },
        {
            content: "What is decided does not wait any more",
            trigger: "body:not(:has(.o_data_row)):not(:has([name=action_approve]))",
        },
    ],
});

addTour("crm_relations_loan_read", {
    url: "/odoo/my-loans",
    steps: () => [
        {
            trigger: line(
                ":contains('Tour Lent'):contains('Running')",
                "[name=action_open_lent]"
            ),
            run: "click",
        },
        {trigger: line(":contains('Tour Person')", "", ".o_data_cell"), run: "click"},
        {
            content: "It is read, not changed",
            trigger:
                ".o_form_renderer.o_form_readonly [name=personality]:contains('Quiet')",
        },
    ],
});

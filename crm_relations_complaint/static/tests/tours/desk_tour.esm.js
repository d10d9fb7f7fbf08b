import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";

const FIRST = ".o_crm_complaint_queue .o_crm_complaint_line:first-of-type";

addTour("crm_relations_complaint_desk", {
    url: "/odoo/complaint-desk",
    steps: () => [
        {
            content: "What somebody asks to take over is on top: it is accepted there",
            trigger:
                ".o_crm_complaint_waiting .o_crm_complaint_line:contains('Tour Asked') [data-act=accept]",
            run: "click",
        },
        {
            content: "It stands in the queue now; what is late is first",
            trigger: `${FIRST}:contains('Tour Late') .text-danger:contains('overdue')`,
        },
        {
            trigger:
                ".o_crm_complaint_queue .o_crm_complaint_line:contains('Tour Asked')",
        },
        {
            content: "The act that stops the clock comes first, and asks one question",
            trigger: `${FIRST} .o_crm_complaint_acts button.btn-primary:contains('Customer Contacted')`,
            run: "click",
        },
        {
            trigger: ".o_dialog [name=text] textarea",
            run: "edit Sorry, we send somebody",
        },
        {trigger: ".o_dialog footer .btn-primary", run: "click"},
        {
            content: "The clock has stopped: the line says what was said",
            trigger:
                ".o_crm_complaint_line:contains('Tour Late'):contains('Sorry, we send somebody')",
        },
        {
            content: "A figure opens what it counts",
            trigger: "[data-figure=open]",
            run: "click",
        },
        {
            trigger:
                ".o_list_view .o_data_row:contains('Tour Late'), .o_kanban_view .o_kanban_record:contains('Tour Late')",
        },
    ],
});

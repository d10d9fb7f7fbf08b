import {addTour} from "./patient_tour.esm";

const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4//8/AAX+Av6nmqCgAAAAAElFTkSuQmCC";

/** As a person does who chooses files: the camera and the dialog are no page. */
function choose(input, name, bytes = atob(PIXEL)) {
    const data = new DataTransfer();
    const content = Uint8Array.from(bytes, (sign) => sign.charCodeAt(0));
    data.items.add(new File([content], name, {type: "image/png"}));
    input.files = data.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

const line = (words) => `.o_crm_document:contains('${words}')`;
const opened = [
    {trigger: ".nav-link[name=documents]", run: "click"},
    {content: "What is asked for and not there", trigger: line("Missing")},
];

addTour("crm_relations_document_upload", {
    steps: () => [
        ...opened,
        {
            content: "A file that cannot be kept is refused in words",
            trigger: line("Tour Licence"),
            async run() {
                const inputs = document.querySelectorAll(".o_crm_document input");
                choose(inputs[inputs.length - 1], "tool.exe", "MZ");
            },
        },
        {trigger: ".modal:contains('is no document') .btn-primary", run: "click"},
        {
            content: "One step keeps the other",
            trigger: `body:not(:has(.modal)) ${line("Tour Licence")}`,
            async run() {
                const inputs = document.querySelectorAll(".o_crm_document input");
                choose(inputs[inputs.length - 1], "page.png");
            },
        },
        {trigger: `${line("There")} a:contains('page.png')`},
        {trigger: ".o_crm_document button:contains('Tour Licence')", run: "click"},
        {
            content: "Its number and end are added where it is kept",
            trigger: ".modal .o_field_widget[name=number] input",
            run: "edit N-7",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: `body:not(:has(.modal)) ${line("N-7")}`},
    ],
});

addTour("crm_relations_document_photo", {
    steps: () => [
        {
            trigger:
                ".o_kanban_record:contains('Tour Customer'):contains('Tour Licence')",
        },
        {
            content:
                "The camera of a telephone, for the first of those that are missing",
            trigger: "button[title='Take a picture']",
            async run() {
                choose(document.querySelector("input[capture]"), "photo.png");
            },
        },
        {trigger: "body:not(:has(.o_kanban_record:contains('Tour Licence')))"},
    ],
});

addTour("crm_relations_document_none", {
    steps: () => [
        {
            content: "Grouped, and no group: what will stand here",
            trigger: ".o_kanban_view .o_view_nocontent",
        },
    ],
});

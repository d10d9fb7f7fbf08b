import {addTour} from "./patient_tour.esm";

const CARD = [
    ["Northwind Tools Ltd.", 44],
    ["Emily Brown", 60],
    ["Sales Manager", 34],
    ["Tel: +44 20 7946 0123", 32],
    ["emily@northwind.example", 32],
];

/** Draws a card and gives it to the input as a camera does. */
async function takePicture(input) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, {width: 1000, height: 600});
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, 1000, 600);
    pen.fillStyle = "#111111";
    CARD.forEach(([text, size], row) => {
        pen.font = `${size}px sans-serif`;
        pen.fillText(text, 70, 110 + row * 95);
    });
    const content = await new Promise((resolve) =>
        canvas.toBlob(resolve, "image/jpeg", 0.9)
    );
    const files = new DataTransfer();
    files.items.add(new File([content], "card.jpg", {type: "image/jpeg"}));
    input.files = files.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

addTour("crm_relations_card_scan", {
    url: "/odoo/scan-business-card",
    steps: () => [
        {
            content: "The camera is offered first",
            trigger: ".o_crm_card_camera button:contains('Take Picture')",
        },
        {
            trigger: ".o_crm_card_camera_input:not(:visible)",
            run: ({anchor}) => takePicture(anchor),
        },
        {
            content: "What was read is shown beside the picture, with its line",
            trigger:
                ".o_field_widget[name=name]:has(input:value('Emily Brown')) .o_crm_card_source",
            timeout: 60000,
        },
        {trigger: ".o_field_widget[name=picture] img"},
        {trigger: ".o_field_widget[name=function] input:value('Sales Manager')"},
        {
            trigger: ".o_statusbar_buttons button[name=action_confirm]:enabled",
            run: "click",
        },
        {
            content: "The contact is there",
            trigger:
                ".o_form_view:contains('emily@northwind.example'), .o_form_view .o_field_widget[name=email] input:value('emily@northwind.example')",
        },
    ],
});

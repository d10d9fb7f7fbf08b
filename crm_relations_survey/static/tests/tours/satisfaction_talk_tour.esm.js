import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";
import {slowDown} from "@crm_relations/../tests/tours/slow_server.esm";

const MEETING = "2026-05-06T10:00";
const question = (title) => `.o_satisfaction_question:contains('${title}')`;

addTour("crm_satisfaction_talk", {
    url: "/odoo/call-list",
    steps: () => [
        {
            content: "The customer is on the telephone",
            trigger: ".o_crm_callback_card:contains('Asked Customer')",
        },
        {trigger: "button[data-button='satisfaction']", run: "click"},
        {
            content: "Zero is an answer",
            trigger: `${question("Reception")} .o_satisfaction_number:contains(/^0$/)`,
            run: "click",
        },
        {trigger: `${question("Reception")} .btn-primary:contains(/^0$/)`},
        {
            trigger: `${question("All in all?")} button:contains('4')`,
            run: "click",
        },
        {
            trigger: `${question("Anything else?")} textarea`,
            run: "edit Very kind",
        },
        {
            content: "A moment is typed by the clock on the wall",
            trigger: `${question("When did we meet?")} input[type='datetime-local']`,
            run({anchor}) {
                luxon.Settings.defaultZone = "Asia/Shanghai";
                // As in Arabic: an input of the browser reads other digits only.
                luxon.Settings.defaultNumberingSystem = "arab";
                anchor.value = MEETING;
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "What must be asked is asked",
            trigger: ".o_satisfaction_talk_end .btn-primary:enabled",
            run: "click",
        },
        {
            trigger: `.o_satisfaction_missing${question("Would you recommend us?")} .o_satisfaction_number:contains(/^9$/)`,
            run: "click",
        },
        {
            content: "Put aside and opened again, it is where it was left",
            trigger:
                ".o_satisfaction_talk:contains('Everything is kept') .btn-secondary:contains('Go on later')",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.o_satisfaction_talk)) button[data-button='satisfaction']",
            run: "click",
        },
        {
            trigger: `${question("Would you recommend us?")} .btn-primary:contains(/^9$/)`,
        },
        {
            trigger: `${question("When did we meet?")} input[type='datetime-local']`,
            run({anchor}) {
                if (anchor.value !== MEETING) {
                    throw new Error(`${anchor.value} is another moment`);
                }
            },
        },
        {
            trigger: ".o_satisfaction_talk_end .btn-primary:enabled",
            run: "click",
        },
        {
            content: "The outcome ends the call",
            trigger:
                "body:not(:has(.o_satisfaction_talk)) .o_crm_callback_buttons button:first",
            run: "click",
        },
        {trigger: ".o_crm_callback_empty"},
    ],
});

addTour("crm_satisfaction_talk_slow", {
    url: "/odoo/call-list",
    steps: () => [
        {trigger: "button[data-button='satisfaction']", run: "click"},
        {
            content: "Corrected before the first answer has arrived",
            trigger: `${question("Reception")} .o_satisfaction_number:contains(/^3$/)`,
            async run({anchor, click}) {
                slowDown("save_answer", 800, 1);
                await click(anchor);
                await click(anchor.parentElement.children[8]);
            },
        },
        {
            trigger: `.o_satisfaction_talk:contains('Everything is kept') ${question("Reception")} .btn-primary:contains(/^8$/)`,
        },
        {
            content: "Who clicks twice means it once",
            trigger: `${question("Would you recommend us?")} .o_satisfaction_number:contains(/^9$/)`,
            run: "dblclick",
        },
        {
            trigger: `${question("Would you recommend us?")} .btn-primary:contains(/^9$/)`,
        },
        {
            content: "Finished while the last words are still on their way",
            trigger: `${question("Anything else?")} textarea`,
            async run({edit, click}) {
                slowDown("save_answer", 800);
                await edit("Said last");
                await click(".o_satisfaction_talk_end .btn-primary");
            },
        },
        {trigger: "body:not(:has(.o_satisfaction_talk))"},
    ],
});

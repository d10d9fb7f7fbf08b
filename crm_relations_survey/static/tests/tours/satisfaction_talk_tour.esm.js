import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";

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

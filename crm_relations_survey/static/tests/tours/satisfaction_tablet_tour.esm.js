import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";

addTour("crm_satisfaction_tablet", {
    steps: () => [
        {
            content: "The customer begins",
            trigger: "button[value='start']:not(.disabled)",
            run: "click",
        },
        {
            trigger:
                "div.js_question-wrapper:contains('Reception') label:contains(/^8$/)",
            run: "click",
        },
        {
            trigger: "button[value='finish']",
            run: "click",
        },
        {trigger: ".modal-footer .btn-primary", run: "click"},
        {
            content: "The answers are not shown, the signature is asked for",
            trigger: "body:not(:has(.o_survey_review)) a.o_satisfaction_sign",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".o_web_sign_auto_button", run: "click"},
        {
            trigger: ".o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".o_satisfaction_thanks:contains('hand the tablet back')"},
    ],
});

import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";

const SEND = "button[type=submit]:contains('Send')";

function send(form) {
    return {trigger: `${form} ${SEND}`, run: "click", expectUnloadPage: true};
}

const ANSWER = [
    {
        content: "Until it is closed the customer may write",
        trigger: ".o_complaint_answer textarea[name=text]",
        run: "edit It is the left door",
    },
    send(".o_complaint_answer"),
    {trigger: ".alert-success:contains('we have noted it')"},
    {trigger: ".o_complaint_page:contains('It is the left door')"},
];

addTour("crm_relations_complaint_portal", {
    url: "/my",
    steps: () => [
        {
            trigger: "a[href='/my/complaints']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "a[href='/my/complaints/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "textarea[name=facts]", run: "edit Portal rattle"},
        send(".o_complaint_form"),
        {
            content: "The customer has a number, and follows it",
            trigger: ".o_complaint_page h3:contains('CP/')",
        },
        ...ANSWER,
    ],
});

addTour("crm_relations_complaint_dispute", {
    url: "/my/complaints",
    steps: () => [
        {
            trigger: "a:contains('Portal rattle')",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".o_complaint_page:contains('Adjusted the door')"},
        {trigger: ".o_complaint_dispute summary", run: "click"},
        {
            trigger: ".o_complaint_dispute textarea[name=text]",
            run: "edit It rattles still",
        },
        {
            trigger: ".o_complaint_dispute button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success:contains('we have noted it')"},
        {trigger: ".o_complaint_page:contains('Being handled')"},
    ],
});

addTour("crm_relations_complaint_phone", {
    steps: () => [
        {trigger: "textarea[name=facts]", run: "edit Phone rattle"},
        {trigger: "input[name=caller_name]", run: "edit Zoe"},
        {trigger: "input[name=caller_email]", run: "edit zoe@nowhere.example.com"},
        send("form"),
        {trigger: ".o_complaint_page:contains('its address is the only key')"},
        ...ANSWER,
    ],
});

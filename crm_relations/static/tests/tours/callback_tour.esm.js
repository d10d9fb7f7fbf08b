import {addTour} from "./patient_tour.esm";

const press =
    (digit, repeat = false) =>
    () => {
        document.activeElement.blur();
        const init = {code: `Digit${digit}`, key: String(digit), bubbles: true, repeat};
        document.body.dispatchEvent(new KeyboardEvent("keydown", init));
    };
const NOTE = "#o_crm_callback_note";
const pressInNote = (digit) => () => {
    const note = document.querySelector(NOTE);
    const init = {code: `Digit${digit}`, key: String(digit), bubbles: true};
    note.focus();
    note.dispatchEvent(new KeyboardEvent("keydown", {...init, altKey: true}));
};

addTour("crm_relations_callback", {
    url: "/odoo/call-list",
    steps: () => [
        {
            content: "The most urgent call is open, its number ready to be dialled",
            trigger: ".o_crm_callback_card:contains('Tour First')",
        },
        {trigger: ".o_crm_callback_dial[href='tel:+8613800138000']"},
        {trigger: ".o_crm_callback_script li:contains('Thank them')"},
        {trigger: NOTE, run: "edit Will think about it"},
        {
            content:
                "Another call is looked at, and what was typed is still there after",
            trigger: ".o_crm_callback_queue button:contains('Tour Second')",
            run: "click",
        },
        {trigger: ".o_crm_callback_card:contains('Tour Second')"},
        {
            trigger: ".o_crm_callback_queue button:contains('Tour First')",
            run: "click",
        },
        {
            content: "A digit saves; the next call is there at once",
            trigger: `.o_crm_callback_card:contains('Tour First') ${NOTE}:value('Will think about it')`,
            run: press(1),
        },
        {
            content: "It was the wrong key: the call is back, with what was typed",
            trigger:
                "body:has(.o_crm_callback_card:contains('Tour Second')) .o_notification button:contains('Undo')",
            run: "click",
        },
        {
            trigger: `.o_crm_callback_card:contains('Tour First') ${NOTE}:value('Will think about it')`,
            run: press(1),
        },
        {
            content: "A key that is kept down does not end the next call as well",
            trigger: ".o_crm_callback_card:contains('Tour Second')",
            run: press(1, true),
        },
        {
            content:
                "Agree on another time, from the note and by its number, not that of a menu, in a language with digits of its own",
            trigger: ".o_crm_callback_card:contains('Tour Second')",
            run() {
                luxon.Settings.defaultNumberingSystem = "arab";
                pressInNote(3)();
            },
        },
        {
            trigger: ".o_crm_callback_again button:contains('Tomorrow')",
            run: "click",
        },
        {trigger: ".o_crm_callback_save:enabled", run: "click"},
        {
            content: "Pass on what was heard",
            trigger: ".o_crm_callback_card:contains('Tour Third')",
        },
        {trigger: "button[data-button=opportunity]", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Ten more machines",
        },
        {trigger: ".modal footer .btn-primary", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {
            content: "What cannot be taken back later is asked before",
            trigger: ".o_crm_callback_buttons button:contains('Refuses all calls')",
            run: "click",
        },
        {trigger: ".modal:contains('never called again')"},
        {trigger: ".modal footer .btn-secondary", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_crm_callback_card:contains('Tour Third')"},
        {
            content: "Click an outcome",
            trigger: ".o_crm_callback_buttons button[data-digit='4']",
            run: "click",
        },
        {trigger: ".o_crm_callback_empty"},
    ],
});

addTour("crm_relations_callback_phone", {
    url: "/odoo/call-list",
    steps: () => [
        {trigger: ".o_crm_callback_card:contains('Tour First')"},
        {trigger: ".o_crm_callback_dial[href='tel:+8613800138000']"},
        {
            trigger: ".o_crm_callback_buttons button[data-digit='1']",
            run: "click",
        },
        {trigger: ".o_crm_callback_empty"},
    ],
});

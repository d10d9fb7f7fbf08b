import {addTour} from "./patient_tour.esm";

const card = (key) => `.o_crm_my_day_card[data-card=${key}]`;
const line = (key, name) => `${card(key)} .list-group-item:contains('${name}')`;
const act = (key, name, method) => ({
    trigger: `${line(key, name)} button[data-act=${method}]`,
    run: "click",
});
const closed = {trigger: "body:not(:has(.modal))"};
const gone = (key, name) => ({
    trigger: `body:not(:has(.modal)) .o_crm_my_day:not(:has(${line(key, name)}))`,
});
const undo = {trigger: ".o_notification button:contains('Undo')", run: "click"};
const back = (key, name) => ({trigger: line(key, name)});
const save = {trigger: ".modal footer button[name=action_saved]", run: "click"};
const purpose = (words) => ({
    trigger: ".modal .o_field_widget[name=purpose] input",
    run: `edit ${words}`,
});

// At both widths: the morning of a salesperson, without leaving My Day.
const morning = () => [
    {
        content: "What is done leaves the card, and comes back when it is undone",
        trigger: line("planned", "Tour Steps"),
    },
    act("planned", "Tour Steps", "action_do"),
    gone("planned", "Tour Steps"),
    undo,
    back("planned", "Tour Steps"),
    {
        content: "Put off in two clicks",
        trigger: `${line("planned", "Tour Steps")} button[data-act=action_put_off]`,
        run: "click",
    },
    {trigger: ".modal button[name=action_tomorrow]", run: "click"},
    gone("planned", "Tour Steps"),
    {
        content: "Follow up who is due",
        trigger: `${line("contact_due", "Tour Due")} button[data-act=action_log_followup]`,
        run: "click",
    },
    purpose("Asked about the delivery"),
    save,
    gone("contact_due", "Tour Due"),
    {
        content: "Care is done by one entry",
        trigger: `${line("care", "Tour Care")} button[data-act=action_log_done]`,
        run: "click",
    },
    {
        trigger: ".modal .o_field_widget[name=content] textarea",
        run: "edit They were glad",
    },
    save,
    gone("care", "Tour Care"),
    {
        content: "Ask for more days with who is about to leave",
        trigger: `${line("leaving", "Tour Leaving")} button[data-act=action_extend]`,
        run: "click",
    },
    {
        trigger: ".modal .o_field_widget[name=reason] input",
        run: "edit The tender is decided next week",
    },
    {trigger: ".modal footer button[name=action_apply]:visible", run: "click"},
    closed,
    {trigger: ".o_notification:contains('has been asked to approve it')"},
];

addTour("crm_relations_morning", {
    url: "/odoo/my-day",
    steps: morning,
});

addTour("crm_relations_leader_decides", {
    url: "/odoo/my-day",
    steps: () => [
        {
            content: "Who asks, and why, stands on the line",
            trigger: `${line("approvals", "Tour Leaving")}:contains('Sally'):contains('tender')`,
        },
        act("approvals", "Tour Leaving", "action_approve"),
        gone("approvals", "Tour Leaving"),
        undo,
        back("approvals", "Tour Leaving"),
        act("approvals", "Tour Leaving", "action_refuse"),
        {
            content: "Refusing takes a reason",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Nobody has called them for a year",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        gone("approvals", "Tour Leaving"),
    ],
});

addTour("crm_relations_custodian_decides", {
    url: "/odoo/my-day",
    steps: () => [
        {
            content: "Who proposes, and for whom, stands on the line",
            trigger: `${line("proposals", "Tour Due")}:contains('Sam')`,
        },
        act("proposals", "Tour Due", "action_approve"),
        gone("proposals", "Tour Due"),
        act("proposals", "Tour Steps", "action_refuse"),
        {
            content: "Refusing takes a reason",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit They have not moved",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        gone("proposals", "Tour Steps"),
        {
            content: "What else the archive waits for stands below",
            trigger: card("poor_archives"),
        },
    ],
});

addTour("crm_relations_phone_lists", {
    url: "/odoo/about-to-leave",
    steps: () => [
        {
            content: "About to leave on a phone: days, reason, and what to do",
            trigger:
                ".o_kanban_record:contains('Tour Leaving'):contains('No follow-up') button[name=action_log_followup]",
            run: "click",
        },
        purpose("They stay"),
        save,
        {
            trigger:
                "body:not(:has(.modal)) .o_kanban_record:contains('Tour Leaving'):not(:contains('in 5 days'))",
        },
    ],
});

import {addTour} from "./patient_tour.esm";
import {pause} from "./slow_server.esm";

const STRIP = ".o_crm_duplicates .alert";

addTour("crm_relations_duplicate_claim", {
    url: "/odoo/my-customers/new",
    steps: () => [
        {
            trigger:
                ".o_form_view .o_field_widget[name=name] textarea, .o_form_view .o_field_widget[name=name] input",
            run: "edit Tour Second Card",
        },
        {
            content: "The number is known: nothing has to be saved to learn it",
            trigger: ".o_form_view .o_field_widget[name=phone] input",
            run: "edit 13812345678",
        },
        {
            trigger: `${STRIP}:contains('Tour Pooled: in the pool')`,
        },
        {
            content: "The number itself stands nowhere in the answer",
            trigger: `${STRIP}:not(:contains('5678'))`,
        },
        {trigger: `${STRIP} button:contains('Claim')`, run: "click"},
        {
            content: "The customer is there, and one's own",
            trigger:
                ".o_form_view .o_field_widget[name=name] textarea:value('Tour Pooled'), .o_form_view .o_field_widget[name=name] input:value('Tour Pooled')",
        },
    ],
});

addTour("crm_relations_duplicate_ask", {
    url: "/odoo/my-customers/new",
    steps: () => [
        {
            trigger:
                ".o_form_view .o_field_widget[name=name] textarea, .o_form_view .o_field_widget[name=name] input",
            run: "edit Wang Fang Trading Ltd.",
        },
        {
            trigger: `${STRIP}:contains('王芳贸易有限公司: held by Sam')`,
        },
        {trigger: `${STRIP} button:contains('Ask to share')`, run: "click"},
        {trigger: ".o_notification:contains('Asked.')"},
        {
            content: "Asked once is enough",
            trigger: `${STRIP}:not(:has(button:contains('Ask to share')))`,
        },
        {trigger: `.o_form_button_cancel`, run: "click"},
        {trigger: "body:not(:has(.o_form_dirty))"},
    ],
});

const NOBODY = "body:not(:has(.o_crm_duplicates .alert))";

const typeKnownNumber = () => [
    {
        trigger: ".o_form_view .o_field_widget[name=phone] input",
        run: "edit 13812345678",
    },
    {trigger: `${STRIP}:contains('Tour Pooled')`},
];

addTour("crm_relations_duplicate_forgotten", {
    url: "/odoo/my-customers",
    steps: () => [
        {trigger: ".o_list_view .o_data_cell:contains('Tour One')", run: "click"},
        {trigger: ".o_notebook .nav-link[name=basic]", run: "click"},
        ...typeKnownNumber(),
        {
            content: "What was typed is discarded, and what it was like with it",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {trigger: NOBODY},
        ...typeKnownNumber(),
        {
            content: "Another customer has another number",
            trigger: ".o_pager_next",
            run: "click",
        },
        {
            trigger: `.o_form_view .o_field_widget[name=name] :value('Tour Two')`,
        },
        {trigger: NOBODY},
        {
            trigger:
                ".o_form_view .o_field_widget[name=name] textarea, .o_form_view .o_field_widget[name=name] input",
            run: "edit Quite Another Name",
        },
        {
            trigger: ".o_form_view",
            run: () => pause(1500),
        },
        {trigger: NOBODY},
        {trigger: ".o_form_button_cancel", run: "click"},
        {trigger: "body:not(:has(.o_form_dirty))"},
    ],
});

import {addTour} from "./patient_tour.esm";

const CURRENT = ".o_statusbar_status .o_arrow_button_current";

addTour("crm_relations_gift_ask", {
    url: "/odoo/gifts/new",
    steps: () => [
        {
            content: "A salesperson plans a gift for a customer",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Tour Acme",
        },
        {
            trigger: ".ui-autocomplete .dropdown-item:contains('Tour Acme')",
            run: "click",
        },
        {trigger: ".o_field_widget[name=item_id] input", run: "edit Tour Vase"},
        {
            trigger: ".ui-autocomplete .dropdown-item:contains('Tour Vase')",
            run: "click",
        },
        {
            content: "It is above the limit, and says so before anything is asked",
            trigger: ".alert-warning:contains('the limit of a gift')",
        },
        {
            trigger: ".o_field_widget[name=reason] input",
            run: "edit Ten years of working together",
        },
        {
            trigger: "button[name=action_ask]:contains('Ask for Approval')",
            run: "click",
        },
        {
            content: "It waits, and who has asked does not approve it",
            trigger: `${CURRENT}:contains('To approve')`,
        },
        {trigger: ".o_form_view:not(:has(button[name=action_approve]))"},
    ],
});

addTour("crm_relations_gift_approve", {
    url: "/odoo/gifts",
    steps: () => [
        {
            content: "A relations manager reads the reason, and approves",
            trigger: ".o_data_row:contains('Tour Acme') td[name=item_id]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=reason] input:value('Ten years of working together'), .o_field_widget[name=reason]:contains('Ten years of working together')",
        },
        {trigger: "button[name=action_approve]", run: "click"},
        {trigger: `${CURRENT}:contains('Approved')`},
    ],
});

addTour("crm_relations_gift_give", {
    url: "/odoo/gifts",
    steps: () => [
        {
            trigger: ".o_data_row:contains('Tour Acme') td[name=item_id]",
            run: "click",
        },
        {trigger: "button[name=action_give]", run: "click"},
        {trigger: `${CURRENT}:contains('Presented')`},
    ],
});

addTour("crm_relations_discount_ask", {
    url: "/odoo/sales",
    steps: () => [
        {
            trigger: ".o_data_row:contains('Tour Acme') td[name=partner_id]",
            run: "click",
        },
        {
            content: "The quotation says that its discount is above the limit",
            trigger: ".alert-warning:contains('The discount comes to')",
        },
        {trigger: "button[name=action_confirm]:visible", run: "click"},
        {
            content: "It is not confirmed",
            trigger: ".modal:contains('cannot be confirmed yet') .btn-close",
            run: "click",
        },
        {trigger: "button[name=action_ask_discount]", run: "click"},
        {
            trigger: ".o_field_widget[name=reason] input",
            run: "edit They insist",
        },
        {
            trigger: "button[name=action_ask]:contains('Ask for Approval')",
            run: "click",
        },
        {trigger: `${CURRENT}:contains('To approve')`},
    ],
});

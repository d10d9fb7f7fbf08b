import {addTour} from "./patient_tour.esm";

addTour("crm_relations_club", {
    url: "/my/club",
    steps: () => [
        {
            content: "The invited one joins",
            trigger: "button.o_crm_club_join",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "And has a number, a level and benefits",
            trigger: ".o_crm_club_number:contains('M000001')",
        },
        {trigger: ".o_crm_club_benefits:contains('Free wash')"},
        {trigger: ".o_crm_club_benefits:contains('2 of 2')"},
    ],
});

addTour("crm_relations_club_redeem", {
    url: "/odoo/sales",
    steps: () => [
        {
            trigger: ".o_data_row:contains('Tour Member') td[name=partner_id]",
            run: "click",
        },
        {
            content: "The points of the member pay for a reward",
            trigger: "button[name=action_open_reward_wizard]:visible",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=order_line] .o_data_row:contains('Tour Thing') ~ .o_data_row",
        },
        {trigger: "button[name=action_confirm]:visible", run: "click"},
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains('Sales Order')",
        },
    ],
});

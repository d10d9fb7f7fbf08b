import {addTour} from "./patient_tour.esm";

const openWizard = {
    trigger: ".o_control_panel button:contains('Install a Programme')",
    run: "click",
};
const LINE = ".o_data_row:contains('Online offer every day')";

addTour("crm_relations_programme_install", {
    url: "/odoo/care-programme",
    steps: () => [
        openWizard,
        {
            content: "What the programme brings stands there before it is installed",
            trigger: `.modal ${LINE}`,
        },
        {trigger: ".modal footer button[name=action_install]", run: "click"},
        {
            content: "The lines are in the programme, in words",
            trigger: `.o_list_view:not(:has(.modal)) ${LINE}`,
        },
        {trigger: ".o_data_row:contains('Thank-you message after a visit')"},
    ],
});

addTour("crm_relations_programme_remove", {
    url: "/odoo/care-programme",
    steps: () => [
        {trigger: LINE},
        openWizard,
        {
            content: "All is there already: nothing to install",
            trigger: ".modal footer:not(:has(button[name=action_install]))",
        },
        {trigger: ".modal footer button[name=action_remove]", run: "click"},
        {
            content: "It asks first",
            trigger: ".modal:contains('rules are removed') .btn-primary",
            run: "click",
        },
        {trigger: `.o_list_view:not(:has(${LINE}))`},
        {trigger: "body:not(:has(.modal))"},
    ],
});

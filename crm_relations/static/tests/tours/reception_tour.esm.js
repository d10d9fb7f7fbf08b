import {addTour} from "./patient_tour.esm";

/** The browser hides the page: another tab is looked at, or it is loaded again. */
function hidePage() {
    Object.defineProperty(document, "visibilityState", {
        configurable: true,
        value: "hidden",
    });
    document.dispatchEvent(new Event("visibilitychange"));
    delete document.visibilityState;
}

addTour("crm_relations_visitor_once", {
    url: "/odoo/reception",
    steps: () => [
        {trigger: ".o_control_panel_main_buttons .o-kanban-button-new", run: "click"},
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Nobody Came",
        },
        {
            content: "What is only typed is nobody, whatever tab is looked at",
            trigger: ".o_form_view",
            run: hidePage,
        },
        {trigger: ".o_form_button_cancel", run: "click"},
        {trigger: ".o_control_panel_main_buttons .o-kanban-button-new", run: "click"},
        {
            trigger: ".o_field_widget[name=phone] input",
            run: "edit 138 0013 8000 && press Tab",
        },
        {
            content: "Who waits already is told while the number is typed",
            trigger: ".o_form_view .alert:contains('is here already')",
        },
        {trigger: ".alert .o_field_widget[name=present_id] a", run: "click"},
        {
            trigger: ".o_form_view button[name=action_leave]",
        },
    ],
});

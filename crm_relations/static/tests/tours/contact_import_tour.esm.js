import {addTour} from "./patient_tour.esm";

addTour("crm_relations_contact_import", {
    url: "/odoo/import-business-cards",
    steps: () => [
        {trigger: ".o_data_cell:contains('tour.vcf')", run: "click"},
        {
            content: "What stands on the cards is shown before anything is written",
            trigger: ".o_form_view button[name=action_check]",
            run: "click",
        },
        {
            content: "Who is here already is named, and left out",
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:contains('Tour Known'):contains('Leave out')",
        },
        {
            trigger: ".o_form_view button[name=action_import]:enabled",
            run: "click",
        },
        {
            content: "Whom it has made can be opened, or taken back",
            trigger: ".o_form_view button[name=action_open_contacts]",
        },
        {trigger: ".o_form_view button[name=action_undo]", run: "click"},
        {trigger: ".modal footer button.btn-primary", run: "click"},
        {trigger: ".o_arrow_button_current:contains('Undone')"},
    ],
});

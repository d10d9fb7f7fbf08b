import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";
import {slowDown} from "@crm_relations/../tests/tours/slow_server.esm";

addTour("crm_relations_complaint_board", {
    url: "/odoo/complaint-board",
    steps: () => [
        {
            content: "A second choice before the first one is answered: both hold",
            trigger: ".btn-group[aria-label=Period] button:contains('12 months')",
            async run({anchor, click, select}) {
                slowDown("get_board", 800, 1);
                await click(anchor);
                await select("channel", ".o_crm_complaint_dimension");
            },
        },
        {
            trigger:
                ".o_crm_complaint_board:has(.active:contains('12 months')) .o_crm_complaint_dimension:value('channel')",
        },
    ],
});

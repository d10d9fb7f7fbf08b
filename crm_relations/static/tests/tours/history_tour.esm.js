import {pause, slowDown} from "./slow_server.esm";
import {addTour} from "./patient_tour.esm";

const PAGE = 20;
const LINE = ".o_crm_history_line";
const ANSWERED = 1500;

async function checkCount(count) {
    await pause(ANSWERED);
    const shown = document.querySelectorAll(LINE).length;
    if (shown !== count) {
        throw new Error(`${shown} lines instead of ${count}`);
    }
}

addTour("crm_relations_history_in_order", {
    url: "/odoo/my-customers",
    steps: () => [
        {trigger: ".o_list_view .o_data_cell:contains('Tour Talker')", run: "click"},
        {trigger: ".o_notebook .nav-link[name=history]", run: "click"},
        {
            content: "A double click asks for the older ones once",
            trigger: ".o_crm_history button:contains('Show older ones')",
            async run({dblclick}) {
                slowDown("get_history", 600, 100);
                await dblclick();
                await checkCount(2 * PAGE);
            },
        },
        {
            content: "What was asked last is shown, not what is answered last",
            trigger: ".o_crm_history button[data-kind=order]",
            async run({anchor, click}) {
                slowDown("get_history", 600, 100);
                const [all] = anchor.parentElement.children;
                await click(anchor);
                await click(all);
                await checkCount(PAGE);
            },
        },
    ],
});

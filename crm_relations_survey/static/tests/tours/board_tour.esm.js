import {addTour} from "@crm_relations/../tests/tours/patient_tour.esm";
import {slowDown} from "@crm_relations/../tests/tours/slow_server.esm";

addTour("crm_relations_survey_board", {
    url: "/odoo/satisfaction-board",
    steps: () => [
        {
            content: "The index stands with its margin; few answers are said in words",
            trigger:
                "[data-tile=index]:contains('±'):contains('Few answers: 4 of 30') .text-muted",
        },
        {
            content: "People with few answers have no place",
            trigger: ".o_crm_satisfaction_ranking tr.text-muted:contains('Sally')",
        },
        {
            content: "Side by side: a radar for each",
            trigger: ".o_crm_satisfaction_compare",
            run: "click",
        },
        {
            trigger:
                ".o_crm_satisfaction_unit:contains('Sam'):contains('Few answers: 1') canvas",
        },
        {
            content: "Sam is left out",
            trigger: ".o_crm_satisfaction_choice:contains('Sam')",
            run: "click",
        },
        {
            trigger:
                ".o_crm_satisfaction_board:not(:has(.o_crm_satisfaction_unit:contains('Sam')))",
        },
        {
            content: "Back to the bars; a bar opens the scores behind it",
            trigger: "button:contains('Overview')",
            run: "click",
        },
        {
            trigger:
                ".o_crm_satisfaction_factor:contains('Delivery'):contains('n = 4')",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:nth-of-type(4)"},
        {
            content: "Coming back, one finds the board as one left it",
            trigger: ".breadcrumb-item:last-of-type a, .o_back_button",
            run: "click",
        },
        {trigger: ".o_crm_satisfaction_compare", run: "click"},
        {
            trigger:
                ".o_crm_satisfaction_board:has(.o_crm_satisfaction_unit):not(:has(.o_crm_satisfaction_unit:contains('Sam')))",
        },
    ],
});

addTour("crm_relations_survey_board_slow", {
    url: "/odoo/satisfaction-board",
    steps: () => [
        {
            content: "A second choice before the first one is answered: both hold",
            trigger: ".btn-group[aria-label=Period] button:last",
            async run({anchor, click, select}) {
                slowDown("get_board", 800, 1);
                await click(anchor);
                await select("team_id", ".o_crm_satisfaction_by");
            },
        },
        {
            trigger:
                ".o_crm_satisfaction_board:has(.btn-group[aria-label=Period] button:last.active) .o_crm_satisfaction_ranking:contains('North')",
        },
        {trigger: ".o_crm_satisfaction_compare", run: "click"},
        {
            trigger: ".o_crm_satisfaction_choice.btn-primary:contains('South')",
            run: "click",
        },
        {
            content: "South for North, before the first of the two is answered",
            trigger: ".o_crm_satisfaction_choice.btn-secondary:contains('South')",
            async run({anchor, click}) {
                slowDown("get_comparison", 800, 1);
                await click(anchor);
                await click(".o_crm_satisfaction_choice:contains('North')");
            },
        },
        {
            trigger:
                ".o_crm_satisfaction_board:has(.o_crm_satisfaction_choice.btn-primary:contains('South')):not(:has(.o_crm_satisfaction_choice.btn-primary:contains('North')))",
        },
    ],
});

addTour("crm_relations_survey_radar", {
    url: "/odoo/satisfaction-scores",
    steps: () => [
        {
            content: "The graph opens as a radar",
            trigger: ".o_graph_button.active[data-mode=radar]",
        },
        {trigger: ".o_graph_canvas_container canvas"},
        {
            content: "The same data as bars, and back",
            trigger: ".o_graph_button[data-mode=bar]",
            run: "click",
        },
        {
            trigger: ".o_graph_button.active[data-mode=bar]",
        },
        {
            trigger: ".o_graph_button[data-mode=radar]",
            run: "click",
        },
        {trigger: ".o_graph_button.active[data-mode=radar]"},
        {trigger: ".o_graph_canvas_container canvas"},
    ],
});

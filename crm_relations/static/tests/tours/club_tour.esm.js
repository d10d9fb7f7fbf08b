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

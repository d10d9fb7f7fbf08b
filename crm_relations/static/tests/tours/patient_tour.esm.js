import {registry} from "@web/core/registry";
import {rpcBus} from "@web/core/network/rpc";

const PATIENCE = 60000; // A busy machine takes more than the ten seconds of Odoo
const CALM = 100; // For what comes of an answer: another question, or a page
const PASSING = ".o_notification"; // It is gone again after some seconds

const asked = new Set();

function tell() {
    document.body.classList.toggle("o_crm_asking", asked.size > 0);
}

rpcBus.addEventListener("RPC:REQUEST", ({detail}) => {
    asked.add(detail.data.id);
    tell();
});

rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
    setTimeout(() => {
        asked.delete(detail.data.id);
        tell();
    }, CALM);
});

function calm() {
    return {
        content: "The server has answered",
        trigger: "body:not(.o_crm_asking)",
        timeout: PATIENCE,
    };
}

function patient(step) {
    const waits = step.run && !step.trigger.startsWith(PASSING);
    return [...(waits ? [calm()] : []), {timeout: PATIENCE, ...step}];
}

/** Adds a tour that does nothing before the server has answered, for as long as it may
 *  take: who clicks a menu while the page of the last click is still on its way gets the
 *  one or the other. */
export function addTour(name, {steps, ...options}) {
    registry.category("web_tour.tours").add(name, {
        ...options,
        steps: () => [...steps().flatMap(patient), calm()],
    });
}

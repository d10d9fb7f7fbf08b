import {registry} from "@web/core/registry";
import {rpcBus} from "@web/core/network/rpc";

const PATIENCE = 60000; // A busy machine takes more than the ten seconds of Odoo
const CALM = 100; // For what comes of an answer: another question, or a page

const waiting = new Set();

// No step of a tour is taken while something has this class. Whoever clicks a menu while
// the page of the last click is still on its way gets the one or the other.
function block() {
    document.documentElement.classList.toggle("o_is_blocked", waiting.size > 0);
}

rpcBus.addEventListener("RPC:REQUEST", ({detail}) => {
    waiting.add(detail.data.id);
    block();
});

rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
    setTimeout(() => {
        waiting.delete(detail.data.id);
        block();
    }, CALM);
});

/** Adds a tour whose steps wait for the server, for as long as it may take. */
export function addTour(name, {steps, ...options}) {
    registry.category("web_tour.tours").add(name, {
        ...options,
        steps: () => steps().map((step) => ({timeout: PATIENCE, ...step})),
    });
}

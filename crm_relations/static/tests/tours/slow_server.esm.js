import {rpc} from "@web/core/network/rpc";

export const pause = (milliseconds) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Lets the next questions to a method wait so many milliseconds on their way, one
 *  after the other: a later one may overtake them. */
export function slowDown(method, ...waits) {
    const send = rpc._rpc;
    rpc._rpc = (url, params, settings) => {
        const wait = params.method === method && waits.shift();
        const go = () => send(url, params, settings);
        return wait ? pause(wait).then(go) : go();
    };
}

import {rpc} from "@web/core/network/rpc";

export const pause = (milliseconds) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Answers the next question to a method in the place of the server. */
export function answerFor(method, answer) {
    const send = rpc._rpc;
    rpc._rpc = (url, params, settings) => {
        if (params.method !== method) {
            return send(url, params, settings);
        }
        rpc._rpc = send;
        return Promise.resolve(answer);
    };
}

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

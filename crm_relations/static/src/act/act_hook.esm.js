import {useBus, useService} from "@web/core/utils/hooks";
import {UNDONE} from "./acted_action.esm";
import {useEnv} from "@odoo/owl";

/** Gives a screen with lines its function that presses a button of a line, one at a
 *  time; the screen shows anew what has become of it, also when it is undone. */
export function useActs(state, load) {
    const action = useService("action");
    useBus(useEnv().bus, UNDONE, ({detail}) => {
        detail.isShown = true;
        return load();
    });
    return async (button) => {
        if (state.busy) {
            return;
        }
        state.busy = true;
        try {
            await action.doActionButton({type: "object", onClose: load, ...button});
        } catch (error) {
            // Somebody was faster: the screen says how it is now.
            await load();
            throw error;
        } finally {
            state.busy = false;
        }
    };
}

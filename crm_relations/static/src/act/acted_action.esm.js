import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

export const UNDONE = "CRM_RELATIONS:UNDONE";

async function undo(env, act) {
    const {action, notification, orm} = env.services;
    const message = await orm.call("crm.act", "undo", [[act]]);
    notification.add(message, {type: "info"});
    const seen = {isShown: false};
    env.bus.trigger(UNDONE, seen);
    if (!seen.isShown) {
        await action.doAction({type: "ir.actions.client", tag: "soft_reload"});
    }
}

/** Tells what has been done and, for some seconds, takes it back. Views have the
 *  records read anew: a screen of our own listens to the bus. */
export function acted(env, {params}) {
    const {act, message, seconds} = params;
    const options = {type: "success"};
    let close = null;
    if (act) {
        const onClick = () => {
            close();
            return undo(env, act);
        };
        options.autocloseDelay = 1000 * seconds;
        options.buttons = [{name: _t("Undo"), primary: true, onClick}];
    }
    close = env.services.notification.add(message, options);
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("crm_relations_acted", acted);

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const OPTIONS = {enableHighAccuracy: true, timeout: 15000, maximumAge: 0};

// What to do about a position that the browser does not give; `code` is that of a
// GeolocationPositionError.
function explain(code) {
    const reasons = {
        1: _t("Your browser may not tell its position. Allow it for this site."),
        2: _t("Your device does not know where it is. Try again in the open air."),
        3: _t("Your device took too long to find out where it is. Try again."),
    };
    const insecure = _t("Positions need a secure connection (https).");
    return reasons[code] || insecure;
}

function getPosition() {
    return new Promise((resolve, reject) => {
        if (!navigator.geolocation || !window.isSecureContext) {
            reject({code: 0});
            return;
        }
        navigator.geolocation.getCurrentPosition(resolve, reject, OPTIONS);
    });
}

// Calls a method of the server with the position of the browser; does what it returns.
// `params`: model, method, ids (none: the model's own method), optional (without a
// position, call it with false).
async function locate(env, {params}) {
    let position = false;
    // It takes up to a quarter of a minute, in which nothing else would be seen.
    env.services.ui.block({message: _t("Looking for your position…")});
    try {
        const {coords} = await getPosition();
        position = {
            latitude: coords.latitude,
            longitude: coords.longitude,
            accuracy_m: coords.accuracy,
        };
    } catch (error) {
        const type = params.optional ? "warning" : "danger";
        env.services.notification.add(explain(error.code), {type});
        if (!params.optional) {
            return;
        }
    } finally {
        env.services.ui.unblock();
    }
    const values = params.ids ? [params.ids, position] : [position];
    return env.services.orm.call(params.model, params.method, values);
}

registry.category("actions").add("crm_relations_locate", locate);

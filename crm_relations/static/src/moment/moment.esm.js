import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;
const DAY = 24 * 60;

/** A moment as an input of the browser takes it, whatever digits the language has. */
export function writeMoment(moment) {
    return moment.toFormat("yyyy-MM-dd'T'HH:mm", {numberingSystem: "latn"});
}

/** Whether a moment of the server's has passed. */
export function isPast(moment, now = DateTime.now()) {
    return deserializeDateTime(moment) <= now;
}

function tellLate(minutes) {
    if (minutes < 60) {
        return _t("%s min late", minutes);
    }
    if (minutes < DAY) {
        return _t("%(hours)s h %(minutes)s min late", {
            hours: Math.floor(minutes / 60),
            minutes: minutes % 60,
        });
    }
    const days = Math.floor(minutes / DAY);
    return days === 1 ? _t("1 day late") : _t("%s days late", days);
}

function tellLeft(minutes) {
    if (minutes < 1) {
        return _t("less than a minute left");
    }
    if (minutes < 60) {
        return _t("%s min left", minutes);
    }
    if (minutes < DAY) {
        return _t("%(hours)s h %(minutes)s min left", {
            hours: Math.floor(minutes / 60),
            minutes: minutes % 60,
        });
    }
    const days = Math.floor(minutes / DAY);
    return days === 1 ? _t("1 day left") : _t("%s days left", days);
}

/** How long it is until a moment of the server's, or how long that has passed. */
export function tellMoment(moment, now = DateTime.now()) {
    const {minutes} = deserializeDateTime(moment).diff(now, "minutes");
    return minutes <= 0
        ? tellLate(Math.floor(-minutes))
        : tellLeft(Math.floor(minutes));
}

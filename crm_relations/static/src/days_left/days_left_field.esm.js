import {
    RemainingDaysField,
    remainingDaysField,
} from "@web/views/fields/remaining_days/remaining_days_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

export function tellSpan(days) {
    return days === 1 ? _t("1 day") : _t("%s days", days);
}

/** Days in words that are right: Odoo's own say "next month" for five days. */
export function tellDays(days) {
    const near = {"-1": _t("yesterday"), 0: _t("today"), 1: _t("tomorrow")};
    if (days in near) {
        return near[days];
    }
    return days < 0 ? _t("%s days ago", -days) : _t("in %s days", days);
}

export class DaysLeftField extends RemainingDaysField {
    get diffString() {
        const days = this.diffDays;
        return days === null || Math.abs(days) > 99 ? super.diffString : tellDays(days);
    }
}

registry.category("fields").add("crm_days_left", {
    ...remainingDaysField,
    component: DaysLeftField,
});

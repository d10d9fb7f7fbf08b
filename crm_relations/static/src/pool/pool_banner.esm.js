import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** Above the pool: what one holds of how much, claims left, who is about to leave. */
export class PoolBanner extends Component {
    static template = "crm_relations.PoolBanner";
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({standing: null});
        onWillStart(async () => {
            this.state.standing = await this.orm.call(
                "res.partner",
                "get_pool_standing",
                []
            );
        });
    }

    get held() {
        const {held, cap} = this.state.standing;
        return cap === false
            ? _t("You hold %s customers.", held)
            : _t("You hold %(held)s of %(cap)s.", {held, cap});
    }

    get claims() {
        const {claims_left_today: today, claims_left_week: week} = this.state.standing;
        return [
            today === false ? "" : _t("%s claims left today.", today),
            week === false ? "" : _t("%s claims left this week.", week),
        ]
            .filter(Boolean)
            .join(" ");
    }

    get leaving() {
        const count = this.state.standing.leaving_this_week;
        return count ? _t("%s customers leave you this week.", count) : "";
    }

    async onLeaving() {
        const action = await this.orm.call("res.partner", "action_view_leaving", []);
        return this.action.doAction(action);
    }

    onNear() {
        return this.action.doAction("crm_relations.crm_visit_nearby_locate_action");
    }
}

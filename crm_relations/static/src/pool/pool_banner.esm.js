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
            ? _t("Customers you hold: %s.", held)
            : _t("You hold %(held)s of %(cap)s.", {held, cap});
    }

    get claims() {
        const {claims_left_today: today, claims_left_week: week} = this.state.standing;
        return [
            today === false ? "" : _t("Still to claim today: %s.", today),
            week === false ? "" : _t("Still to claim this week: %s.", week),
        ]
            .filter(Boolean)
            .join(" ");
    }

    get leaving() {
        const count = this.state.standing.leaving_this_week;
        return count ? _t("Leaving you this week: %s.", count) : "";
    }

    async onLeaving() {
        const action = await this.orm.call("res.partner", "action_view_leaving", []);
        return this.action.doAction(action);
    }

    onNear() {
        return this.action.doAction("crm_relations.crm_visit_nearby_locate_action");
    }
}

import {Component, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {showLatest} from "../latest/latest.esm";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** How few customers bring how much of the value, drawn. */
class ValueCurve extends Component {
    static template = "crm_relations.ValueCurve";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({measure: "value_12_months", curve: null});
        this.show = showLatest((shown) => Object.assign(this.state, shown));
        onWillStart(() => this.load(this.state.measure));
    }

    load(measure) {
        return this.show(this.read(measure));
    }

    async read(measure) {
        const args = [measure];
        const curve = await this.orm.call("crm.customer.value", "get_curve", args);
        return {curve, measure};
    }

    get curve() {
        return this.state.curve;
    }

    get measures() {
        return {value_12_months: _t("12 months"), lifetime_value: _t("Lifetime")};
    }

    percent(share) {
        return Math.round(share * 100);
    }

    get sentence() {
        return _t(
            "Customers who bring %(share)s % of %(total)s: %(few)s (%(part)s %).",
            {
                few: this.curve.few,
                part: this.percent(this.curve.few / this.curve.customers),
                share: this.percent(this.curve.share),
                total: this.curve.total,
            }
        );
    }

    get line() {
        return this.curve.points
            .map(([x, y]) => `${(x * 100).toFixed(2)},${(100 - y * 100).toFixed(2)}`)
            .join(" ");
    }

    async onFew() {
        const action = await this.orm.call("crm.customer.value", "action_view_few", [
            this.state.measure,
            this.curve.least,
        ]);
        return this.action.doAction(action);
    }
}

registry.category("actions").add("crm_relations_value_curve", ValueCurve);

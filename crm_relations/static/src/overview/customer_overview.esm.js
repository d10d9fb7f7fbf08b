import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {showLatest} from "../latest/latest.esm";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

/** What one wants to know before the next contact: sales drawn, what was said last,
 *  what is planned, who is there, what the rules conclude. */
class CustomerOverview extends Component {
    static template = "crm_relations.CustomerOverview";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({overview: null});
        this.show = showLatest((overview) => Object.assign(this.state, {overview}));
        // Its data are another object whenever the record has been read again.
        useRecordObserver(({data, resId}) => this.load(data ? resId : false));
    }

    load(id) {
        return this.show(
            id ? this.orm.call("res.partner", "get_overview", [[id]]) : null
        );
    }

    get overview() {
        return this.state.overview;
    }

    get id() {
        return this.props.record.resId;
    }

    get salesOfTwoYears() {
        const {total, before} = this.overview.sales;
        return _t("%(total)s in 12 months, %(before)s in the 12 before", {
            total,
            before,
        });
    }

    when(step) {
        const near = {"-1": _t("since yesterday"), 0: _t("today"), 1: _t("tomorrow")};
        const days = step.days_left;
        if (days in near) {
            return near[days];
        }
        return days < 0 ? _t("%s days late", -days) : _t("in %s days", days);
    }

    /** How many are planned, where not all of them are shown. */
    get stepsInAll() {
        const {steps} = this.overview;
        const count = steps.length ? steps[0].count : 0;
        return count > steps.length ? _t("Planned in all: %s.", count) : "";
    }

    monthTitle({title, amount, before}) {
        return _t("%(month)s: %(amount)s (a year before: %(before)s)", {
            month: title,
            amount,
            before,
        });
    }

    onMonth(month) {
        return this.call("action_view_orders_of_month", [month.month]);
    }

    get isKeyAccount() {
        return Boolean(this.props.record.data.is_key_account);
    }

    onLog() {
        return this.call("action_log_followup", []);
    }

    async call(method, parameters) {
        const action = await this.orm.call("res.partner", method, [
            [this.id],
            ...parameters,
        ]);
        return this.doAction(action);
    }

    onStep(step) {
        const isOwn = step.res_model === "res.partner";
        return this.open(
            isOwn ? "mail.activity" : step.res_model,
            isOwn ? step.id : step.res_id,
            isOwn ? "new" : "current"
        );
    }

    open(resModel, resId, target = "current") {
        return this.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
            target,
        });
    }

    /** What is typed in the form is saved first, as by its buttons; afterwards the form
     *  says what has become of it. */
    async doAction(action) {
        const {record} = this.props;
        if (await record.save()) {
            await this.action.doAction(action, {onClose: () => record.load()});
        }
    }
}

registry.category("view_widgets").add("customer_overview", {
    component: CustomerOverview,
});

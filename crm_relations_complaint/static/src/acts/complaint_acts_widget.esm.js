import {Component} from "@odoo/owl";
import {ComplaintActs} from "./complaint_acts.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// The status bar keeps its room beside them.
const SHOWN = 2;

/** The acts of a complaint in the head of its form, the same as on the desk. */
class ComplaintActsWidget extends Component {
    static template = "crm_relations_complaint.ComplaintActsWidget";
    static components = {ComplaintActs};
    static props = {...standardWidgetProps};

    get acts() {
        return this.props.record.data.acts || [];
    }

    get shown() {
        return this.env.isSmall ? 1 : SHOWN;
    }

    onAct(act) {
        const {record} = this.props;
        return this.env.onClickViewButton({
            clickParams: {type: "object", name: act.method},
            getResParams: () => ({
                resModel: record.resModel,
                resId: record.resId,
                resIds: record.resIds,
                context: {...record.context, complaint_act: act.act},
            }),
        });
    }
}

registry.category("view_widgets").add("crm_complaint_acts", {
    component: ComplaintActsWidget,
    fieldDependencies: [{name: "acts", type: "json"}],
});

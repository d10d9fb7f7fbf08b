import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {usePopover} from "@web/core/popover/popover_hook";
import {useService} from "@web/core/utils/hooks";

class ReasonPopover extends Component {
    static template = "crm_relations.ReasonPopover";
    static props = {reason: Object, onOpenRule: Function, close: {type: Function}};
}

/** The "?" beside everything that a rule decided: sentence, figures, rule, since when.
 *  What it says is read when it is asked, so that a form or list costs nothing more. */
class ReasonWidget extends Component {
    static template = "crm_relations.ReasonWidget";
    static props = {...standardWidgetProps, field: String};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.popover = usePopover(ReasonPopover, {position: "bottom"});
        this.reason = null;
    }

    get title() {
        return _t("Why?");
    }

    async onClick(event) {
        if (this.popover.isOpen) {
            this.popover.close();
            return;
        }
        const target = event.currentTarget;
        const {resModel, resId} = this.props.record;
        // Nothing of a record that has been deleted meanwhile.
        const [values = {}] = await this.orm.read(
            resModel,
            [resId],
            [this.props.field]
        );
        const nothing = {sentence: _t("Nothing has been decided yet."), figures: []};
        this.reason = values[this.props.field] || nothing;
        this.popover.open(target, {
            reason: this.reason,
            onOpenRule: () => this.onOpenRule(),
        });
    }

    onOpenRule() {
        this.popover.close();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: this.reason.rule.model,
            res_id: this.reason.rule.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("reason", {
    component: ReasonWidget,
    extractProps: ({options}) => ({field: options.field}),
});

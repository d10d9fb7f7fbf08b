import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {usePopover} from "@web/core/popover/popover_hook";
import {useService} from "@web/core/utils/hooks";

class ReasonPopover extends Component {
    static template = "crm_relations.ReasonPopover";
    static props = {reason: Object, onOpenRule: Function, close: {type: Function}};
}

/** The "?" beside everything that a rule decided: sentence, figures, rule, since when. */
class ReasonField extends Component {
    static template = "crm_relations.ReasonField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.popover = usePopover(ReasonPopover, {position: "bottom"});
    }

    get reason() {
        return this.props.record.data[this.props.name];
    }

    get title() {
        return _t("Why?");
    }

    onClick(event) {
        if (this.popover.isOpen) {
            this.popover.close();
            return;
        }
        this.popover.open(event.currentTarget, {
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

registry.category("fields").add("reason", {
    component: ReasonField,
    displayName: _t("Reason"),
    supportedTypes: ["json"],
});

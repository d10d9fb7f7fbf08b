import {Component, onWillStart, useState} from "@odoo/owl";
import {SwapDialog} from "./swap_dialog.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

/** "Claim" in a row, on a card or in the form of a customer in the pool: the answer
 *  comes at once, and at the cap the dialog that gives one customer for the other.
 *  Where the terms of the pool would only refuse it, a lock says so instead. */
class ClaimWidget extends Component {
    static template = "crm_relations.ClaimWidget";
    static props = {...standardWidgetProps, small: {type: Boolean, optional: true}};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({busy: false, sells: false});
        // Readers see the pool too: who may take nothing is offered nothing.
        onWillStart(async () => {
            this.state.sells = await user.hasGroup("crm_relations.group_sales_user");
        });
    }

    get id() {
        return this.props.record.resId;
    }

    get hindrance() {
        return this.props.record.data.claim_hindrance;
    }

    onHindered() {
        this.notification.add(this.hindrance, {type: "warning"});
    }

    onClick() {
        return this.alone(() => this.claim());
    }

    async alone(act) {
        this.state.busy = true;
        try {
            await act();
        } finally {
            this.state.busy = false;
        }
    }

    async claim() {
        const [answer] = await this.orm.call("res.partner", "pool_claim", [[this.id]]);
        if (answer.code === "cap_reached") {
            return this.offerSwap(answer.message);
        }
        return this.show(answer);
    }

    async offerSwap(message) {
        const suggestions = await this.orm.call("res.partner", "get_swap_suggestions", [
            [this.id],
        ]);
        this.dialog.add(SwapDialog, {
            message,
            suggestions,
            swap: (giveUpId) => this.alone(() => this.swap(giveUpId)),
        });
    }

    async swap(giveUpId) {
        const answers = await this.orm.call("res.partner", "pool_swap", [
            [this.id],
            giveUpId,
        ]);
        const refused = answers.find((answer) => !answer.ok);
        return this.show(refused || answers[0]);
    }

    async show(answer) {
        this.notification.add(answer.message || _t("It is yours now."), {
            type: answer.ok ? "success" : "warning",
        });
        if (!answer.ok) {
            // Somebody was faster, or a limit is reached: the list says how it is now.
            return this.action.doAction({
                type: "ir.actions.client",
                tag: "soft_reload",
            });
        }
        const action = await this.orm.call("res.partner", "action_open_customer", [
            [this.id],
        ]);
        return this.action.doAction(action);
    }
}

registry.category("view_widgets").add("crm_claim", {
    component: ClaimWidget,
    extractProps: ({options}) => ({small: Boolean(options.small)}),
});

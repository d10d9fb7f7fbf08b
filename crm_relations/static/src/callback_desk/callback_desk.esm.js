import {
    Component,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useState,
} from "@odoo/owl";
import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";
import {CallbackCard} from "./callback_card.esm";
import {CallbackDraft} from "./callback_draft.esm";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {writeMoment} from "../moment/moment.esm";

const {DateTime} = luxon;
const DESK = "crm.callback.desk";
const TYPING = "input, textarea, select, [contenteditable=true]";

// With Alt where somebody types, without it elsewhere: there Alt is Odoo's, for menus.
function isMeant(event) {
    const isTyping = Boolean(event.target.closest?.(TYPING));
    return event.altKey === isTyping && !document.querySelector(".o_dialog");
}

// The digit of a key that stands for an outcome; none of a key that is kept down, which
// would end the next call as well.
function readDigit(event) {
    const found = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const other = event.ctrlKey || event.metaKey || event.repeat;
    return found && !other && isMeant(event) ? Number(found[1]) : 0;
}

/** The agent's screen: the queue, the customer, and how the call ended. */
class CallbackDesk extends Component {
    static template = "crm_relations.CallbackDesk";
    static components = {CallbackCard, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({desk: null, draft: null, asking: false, busy: false});
        this.clock = useState({seconds: 0});
        const timer = browser.setInterval(() => this.tick(), 1000);
        onWillUnmount(() => {
            browser.clearInterval(timer);
            this.closeLast?.();
        });
        // Before Odoo, which opens the menu of that number wherever one types.
        useExternalListener(window, "keydown", (event) => this.onKey(event), {
            capture: true,
        });
        onWillStart(() => this.open());
    }

    get call() {
        return this.state.desk?.call;
    }

    get time() {
        const {seconds} = this.clock;
        const rest = String(seconds % 60).padStart(2, "0");
        return `${Math.floor(seconds / 60)}:${rest}`;
    }

    ago(moment) {
        return deserializeDateTime(moment).toRelative();
    }

    /** Does one thing at a time: what is pressed meanwhile would be done with the call
     *  that comes then. */
    async alone(act) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await act();
        } finally {
            this.state.busy = false;
        }
    }

    onOpen(callbackId = false) {
        return this.alone(() => this.open(callbackId));
    }

    async open(callbackId = false) {
        this.show(await this.orm.call(DESK, "open_desk", [callbackId]));
        if (this.state.desk.refused) {
            this.notification.add(_t("Somebody else has this call now."), {
                type: "warning",
            });
        }
    }

    show(desk) {
        this.store = desk.call && new CallbackDraft(desk.user, desk.call);
        const draft = this.store ? this.store.read() : null;
        Object.assign(this.state, {desk, draft, asking: false});
        this.kept = 0;
        this.tick();
    }

    tick() {
        if (!this.call) {
            return;
        }
        this.clock.seconds = Math.floor((Date.now() - this.state.draft.started) / 1000);
        this.kept += 1;
        if (this.kept % this.state.desk.keep_seconds === 0) {
            this.keep(this.call.id);
        }
    }

    async keep(callbackId) {
        const mine = await this.orm.silent.call("crm.callback", "keep", [callbackId]);
        if (!mine && this.call && this.call.id === callbackId) {
            this.notification.add(
                _t(
                    "This call is not reserved for you any more. What you typed is kept."
                ),
                {type: "warning"}
            );
        }
    }

    onDraft(values) {
        Object.assign(this.state.draft, values);
        this.store.keep(this.state.draft);
    }

    onKey(event) {
        const digit = this.call && readDigit(event);
        const outcome =
            digit && this.state.desk.outcomes.find((one) => one.digit === digit);
        if (outcome) {
            event.preventDefault();
            event.stopPropagation();
            this.onOutcome(outcome);
        }
    }

    // The second click of a double click finds the next customer on the screen.
    onOutcomeClick(event, outcome) {
        return event.detail > 1 ? undefined : this.onOutcome(outcome);
    }

    onOutcome(outcome) {
        if (outcome.asks_time) {
            this.state.asking = outcome;
            return;
        }
        if (outcome.question) {
            this.dialog.add(ConfirmationDialog, {
                title: outcome.name,
                body: outcome.question,
                confirmLabel: _t("Yes"),
                confirm: () => this.onSave(outcome),
                cancel: () => null,
            });
            return;
        }
        return this.onSave(outcome);
    }

    onSoon(values) {
        this.onDraft({again: writeMoment(DateTime.now().plus(values))});
    }

    async save(outcome) {
        const {note, again, person} = this.state.draft;
        const values = {
            note,
            person,
            seconds: this.clock.seconds,
            token: this.store.token(this.state.draft),
            call_again_at: again ? serializeDateTime(DateTime.fromISO(again)) : false,
        };
        const args = [this.call.id, outcome.id, values];
        const saved = {...this.state.draft};
        const store = this.store;
        const desk = await this.orm.call(DESK, "save_call", args);
        store.drop();
        this.tell(desk, args[0], () => store.keep(saved));
        this.show(desk);
    }

    onSave(outcome) {
        return this.alone(() => this.save(outcome));
    }

    // Says what follows and, for some seconds, takes it back: the call is on the screen
    // again, with what was typed.
    tell(desk, callbackId, keepDraft) {
        const options = {type: "success"};
        let close = null;
        if (desk.act) {
            const undo = async () => {
                close();
                const message = await this.orm.call("crm.act", "undo", [[desk.act]]);
                keepDraft();
                this.notification.add(message, {type: "info"});
                await this.open(callbackId);
            };
            const onClick = () => this.alone(undo);
            options.autocloseDelay = 1000 * desk.act_seconds;
            options.buttons = [{name: _t("Undo"), primary: true, onClick}];
        }
        close = this.notification.add(desk.message, options);
        this.closeLast?.();
        this.closeLast = close;
    }

    onLater() {
        return this.alone(async () => {
            await this.orm.call("crm.callback", "give_back", [this.call.id]);
            await this.action.doAction("crm_relations.crm_callback_action");
        });
    }

    onButton(button) {
        return this.alone(async () => {
            const args = [this.call.id, button.key];
            const action = await this.orm.call("crm.callback", "run_button", args);
            await this.action.doAction(action);
        });
    }

    async onCustomer() {
        const args = [this.call.customer.id];
        this.action.doAction(
            await this.orm.call("res.partner", "action_open_customer", args)
        );
    }
}

registry.category("actions").add("crm_relations_callback_desk", CallbackDesk);

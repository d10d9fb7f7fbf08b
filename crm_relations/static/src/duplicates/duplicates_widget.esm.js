import {Component, useExternalListener, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {joinWords} from "../sentences/join_words.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useDebounced} from "@web/core/utils/timing";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

const PAUSE = 500;

/** A strip under what is being typed: who has this number, address, tax ID or name
 *  already, where that customer is, and what can be done at once. It asks while one
 *  types, not when the field is left; never tells a hidden number. */
class DuplicatesWidget extends Component {
    static template = "crm_relations.DuplicatesWidget";
    static props = {
        ...standardWidgetProps,
        fields: Object,
        use: {type: Object, optional: true},
    };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.root = useRef("root");
        this.state = useState({rows: [], refusal: "", busy: false});
        this.typed = {};
        // What stood there before, where something has been typed since the last save.
        this.before = {};
        this.asked = 0;
        this.askSoon = useDebounced(() => this.ask(), PAUSE);
        useRecordObserver((record) => this.onRecord(record));
        useExternalListener(window, "input", (event) => this.onInput(event), {
            capture: true,
        });
    }

    /** What was typed goes when another customer comes, or when it is discarded. */
    onRecord({data, dirty, id}) {
        const isClean = this.wasDirty && !dirty;
        const isBack = Object.entries(this.before).some(
            ([kind, value]) => data[this.props.fields[kind]] === value
        );
        if (id !== this.shownId || (isClean && isBack)) {
            this.forget();
        }
        if (isClean) {
            this.before = {};
        }
        Object.assign(this, {shownId: id, wasDirty: dirty});
    }

    forget() {
        this.askSoon.cancel();
        this.asked += 1;
        this.typed = {};
        this.before = {};
        Object.assign(this.state, {rows: [], refusal: ""});
    }

    onInput({target}) {
        const form = this.root.el && this.root.el.closest(".o_form_renderer");
        const widget = target.closest && target.closest(".o_field_widget[name]");
        if (!widget || target.closest(".o_form_renderer") !== form) {
            return;
        }
        const name = widget.getAttribute("name");
        const kind = Object.keys(this.props.fields).find(
            (key) => this.props.fields[key] === name
        );
        if (kind) {
            if (!(kind in this.before)) {
                this.before[kind] = this.props.record.data[name];
            }
            this.typed[kind] = target.value;
            this.askSoon();
        }
    }

    get values() {
        const {data, resId, resModel} = this.props.record;
        const values = {...this.typed};
        if (data.country_id) {
            values.country_id = data.country_id.id;
        }
        if (resId && resModel === "res.partner") {
            values.id = resId;
        }
        if (resId && resModel === "crm.lead") {
            values.lead_id = resId;
        }
        return values;
    }

    async ask() {
        const number = ++this.asked;
        let rows = [],
            refusal = "";
        try {
            rows = await this.orm.silent.call("res.partner", "find_duplicates", [
                this.values,
            ]);
        } catch (error) {
            refusal = (error.data && error.data.message) || "";
        }
        // Somebody has typed on meanwhile.
        if (number === this.asked) {
            Object.assign(this.state, {rows, refusal});
        }
    }

    getWhy(row) {
        const words = {
            phone: _t("same phone number"),
            email: _t("same e-mail"),
            tax: _t("same tax ID"),
            perhaps: _t("same number without area code"),
            name:
                row.score < 100 || row.why.length > 1
                    ? _t("similar name")
                    : _t("same name"),
        };
        return joinWords(row.why.map((code) => words[code]));
    }

    getActions(row) {
        if (this.props.use && row.model === "res.partner" && row.id) {
            return [{label: _t("This one"), run: () => this.use(row)}];
        }
        const actions = {
            claim: {label: _t("Claim"), run: () => this.claim(row)},
            share: {label: _t("Ask to share"), run: () => this.share(row)},
            open: {label: _t("Open"), run: () => this.open(row)},
        };
        return ["claim", "share", "open"]
            .filter((name) => row.can.includes(name))
            .map((name) => actions[name]);
    }

    async onClick(choice) {
        this.state.busy = true;
        try {
            await choice.run();
        } finally {
            this.state.busy = false;
        }
    }

    use(row) {
        const {field, values} = this.props.use;
        this.state.rows = [];
        return this.props.record.update({
            ...values,
            [field]: {id: row.id, display_name: row.name},
        });
    }

    async claim(row) {
        if (await this.answer(row, "pool_claim")) {
            await this.open(row);
        }
    }

    async share(row) {
        if (await this.answer(row, "ask_to_share")) {
            row.can = row.can.filter((name) => name !== "share");
        }
    }

    async answer(row, method) {
        const [answer] = await this.orm.call("res.partner", method, [[row.id]]);
        this.notification.add(answer.message, {
            type: answer.ok ? "success" : "warning",
        });
        return answer.ok;
    }

    async open(row) {
        const action =
            row.model === "res.partner"
                ? await this.orm.call("res.partner", "action_open_customer", [[row.id]])
                : {
                      type: "ir.actions.act_window",
                      res_model: row.model,
                      res_id: row.id,
                      views: [[false, "form"]],
                  };
        // Leaving would save the second card.
        await this.props.record.discard();
        return this.action.doAction(action);
    }
}

registry.category("view_widgets").add("crm_duplicates", {
    component: DuplicatesWidget,
    extractProps: ({options}) => ({fields: options.fields, use: options.use}),
});

import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {showLatest} from "../latest/latest.esm";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

const PAGE = 20;
const NOTHING = {kinds: [], lines: [], more: false};

/** One timeline of all ledgers of a customer. It is read when its page is opened, so
 *  that opening the customer costs nothing. */
class CustomerHistory extends Component {
    static template = "crm_relations.CustomerHistory";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({
            ledgers: [],
            lines: [],
            kinds: [],
            more: false,
            text: "",
        });
        this.show = showLatest(({kinds, lines, more}) =>
            Object.assign(this.state, {ledgers: kinds, lines, more})
        );
        // Its data are another object whenever the record has been read again.
        useRecordObserver(({data, resId}) => this.load(data ? resId : false));
    }

    load(id, before = []) {
        return this.show(id ? this.read(id, before) : NOTHING);
    }

    async read(id, before) {
        const page = await this.orm.call("res.partner", "get_history", [[id]], {
            kinds: this.state.kinds,
            offset: before.length,
            limit: PAGE,
            text: this.state.text,
        });
        return {...page, lines: [...before, ...page.lines]};
    }

    /** Lines that were written together name date and person once. */
    goesOn(index) {
        const [line, before] = [this.state.lines[index], this.state.lines[index - 1]];
        const same = (name) => before && line[name] === before[name];
        return line && line.kind === "archive" && ["kind", "date", "by"].every(same);
    }

    onKind(kind) {
        const kinds = this.state.kinds;
        if (!kind) {
            this.state.kinds = [];
        } else if (kinds.includes(kind)) {
            this.state.kinds = kinds.filter((code) => code !== kind);
        } else {
            this.state.kinds = [...kinds, kind];
        }
        return this.load(this.props.record.resId);
    }

    onSearch(event) {
        this.state.text = event.target.value.trim();
        return this.load(this.props.record.resId);
    }

    onMore() {
        return this.load(this.props.record.resId, this.state.lines);
    }

    onLine(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: line.res_model,
            res_id: line.res_id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("customer_history", {
    component: CustomerHistory,
});

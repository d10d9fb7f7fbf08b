import {Component, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {showLatest} from "@crm_relations/latest/latest.esm";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const CLOCKS = "crm.complaint.clock.report";
const COMPLAINTS = "crm.complaint.report";

/** How the complaints stand, in one look; every figure opens what it counts. */
class ComplaintBoard extends Component {
    static template = "crm_relations_complaint.ComplaintBoard";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({board: null});
        this.show = showLatest((board) => {
            const {period, dimension} = board;
            this.asked = {period, dimension};
            Object.assign(this.state, {board});
        });
        useSetupAction({getLocalState: () => this.asked});
        onWillStart(() => this.load(this.props.state || {}));
    }

    get board() {
        return this.state.board;
    }

    percent(share) {
        return formatFloat(share, {digits: [0, 1]});
    }

    load({period = "quarter", dimension = "category_id"}) {
        // What is chosen while the answer is on its way changes this.
        this.asked = {period, dimension};
        const args = [period, dimension];
        return this.show(this.orm.call("crm.complaint.board", "get_board", args));
    }

    /**
     * @param {object} change of what is asked
     * @returns {Promise}
     */
    change(change) {
        return this.load({...this.asked, ...change});
    }

    onPerson(person, domain, model = COMPLAINTS) {
        return this.open({label: person.name, model, domain});
    }

    onClocks(person) {
        return this.onPerson(person, person.judged_domain, CLOCKS);
    }

    open({label, model, domain}) {
        const last = model === "crm.complaint" ? "form" : "pivot";
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: label,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, last],
            ],
        });
    }
}

registry.category("actions").add("crm_relations_complaint_board", ComplaintBoard);

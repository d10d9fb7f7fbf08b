import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {isPast} from "@crm_relations/moment/moment.esm";
import {useService} from "@web/core/utils/hooks";
import {ComplaintLine} from "./complaint_line.esm";
import {Layout} from "@web/search/layout";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {showLatest} from "@crm_relations/latest/latest.esm";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useActs} from "@crm_relations/act/act_hook.esm";
import {user} from "@web/core/user";
import {useSetupAction} from "@web/search/action_hook";

const {DateTime} = luxon;
const DESK = "crm.complaint.desk";
// What runs out is seen at once; what others do, and the words of the minutes, which
// only the calendar of a clock knows, come a little later.
const TICK = 10000;
const TICKS_TO_LOAD = 6;

/** The officer's day: what is due next minute first, with what is to be done. */
class ComplaintDesk extends Component {
    static template = "crm_relations_complaint.ComplaintDesk";
    static components = {ComplaintLine, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({desk: null, busy: false, now: DateTime.now()});
        this.ticks = 0;
        this.showLatest = showLatest((desk) => this.show(desk));
        useSetupAction({getLocalState: () => ({scope: this.desk.scope})});
        this.press = useActs(this.state, () => this.load(this.scope));
        const timer = browser.setInterval(() => this.tick(), TICK);
        onWillUnmount(() => browser.clearInterval(timer));
        const {scope = false} = this.props.state || {};
        onWillStart(() => this.load(scope));
    }

    get desk() {
        return this.state.desk;
    }

    load(scope, orm = this.orm) {
        this.scope = scope;
        return this.showLatest(orm.call(DESK, "open_desk", [scope]));
    }

    show(desk) {
        // The clock of the server counts, whatever the one of this machine shows.
        this.ahead = DateTime.now().diff(DateTime.fromISO(desk.now));
        this.state.desk = desk;
        this.scope = desk.scope;
        this.state.now = this.now();
        this.late = this.countLate();
    }

    countLate() {
        const lines = [...this.desk.waiting, ...this.desk.lines];
        return lines.filter((line) => this.isLate(line)).length;
    }

    now() {
        return DateTime.now().minus(this.ahead);
    }

    tick() {
        this.state.now = this.now();
        this.ticks += 1;
        const isSeen = document.visibilityState === "visible";
        const isTurn = !(this.ticks % TICKS_TO_LOAD) || this.countLate() > this.late;
        if (!isTurn || !isSeen || this.state.busy) {
            return;
        }
        this.load(this.scope, this.orm.silent);
    }

    isLate(line) {
        return Boolean(line.deadline_at) && isPast(line.deadline_at, this.state.now);
    }

    onAct(line, act) {
        return this.press({
            name: act.method,
            resModel: "crm.complaint",
            resId: line.id,
            context: {...user.context, complaint_act: act.act},
        });
    }

    onOpen(line) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.complaint",
            res_id: line.id,
            views: [[false, "form"]],
        });
    }

    async onFigure(figure) {
        const args = [figure.key, this.desk.scope];
        return this.action.doAction(await this.orm.call(DESK, "open_figure", args));
    }

    onRegister() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.complaint",
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("crm_relations_complaint_desk", ComplaintDesk);

import {Component} from "@odoo/owl";
import {ComplaintActs} from "../acts/complaint_acts.esm";

/** A complaint on the desk: what is due when, who, what he wants, what to do. */
export class ComplaintLine extends Component {
    static template = "crm_relations_complaint.ComplaintLine";
    static components = {ComplaintActs};
    static props = {
        line: Object,
        isLate: Boolean,
        isBusy: Boolean,
        onAct: Function,
        onOpen: Function,
    };

    get tone() {
        const {line, isLate} = this.props;
        if (line.is_paused || !line.deadline_at) {
            return "text-muted";
        }
        return isLate ? "text-danger" : "text-warning-emphasis";
    }
}

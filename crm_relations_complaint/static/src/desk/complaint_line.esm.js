import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";

// So many buttons stand on the line; the others are behind "More".
const SHOWN = 2;

/** A complaint on the desk: what is due when, who, what he wants, what to do. */
export class ComplaintLine extends Component {
    static template = "crm_relations_complaint.ComplaintLine";
    static components = {Dropdown, DropdownItem};
    static props = {
        line: Object,
        isLate: Boolean,
        isBusy: Boolean,
        onAct: Function,
        onOpen: Function,
    };

    get shown() {
        return this.props.line.acts.slice(0, SHOWN);
    }

    get more() {
        return this.props.line.acts.slice(SHOWN);
    }

    get tone() {
        const {line, isLate} = this.props;
        if (line.is_paused || !line.deadline_at) {
            return "text-muted";
        }
        return isLate ? "text-danger" : "text-warning-emphasis";
    }
}

import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";

/** What can be done with a complaint: the next steps as buttons, the others behind
 *  "More". */
export class ComplaintActs extends Component {
    static template = "crm_relations_complaint.ComplaintActs";
    static components = {Dropdown, DropdownItem};
    static props = {
        acts: Array,
        shown: Number,
        isBusy: {type: Boolean, optional: true},
        isWide: {type: Boolean, optional: true},
        hasHotkeys: {type: Boolean, optional: true},
        onAct: Function,
    };

    get shown() {
        return this.props.acts.slice(0, this.props.shown);
    }

    get more() {
        return this.props.acts.slice(this.props.shown);
    }

    hotkey(act) {
        return (this.props.hasHotkeys && act.hotkey) || undefined;
    }
}

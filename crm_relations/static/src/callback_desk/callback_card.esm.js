import {Component} from "@odoo/owl";

/** The customer of the open call: whom to ring, what is known, what to say. */
export class CallbackCard extends Component {
    static template = "crm_relations.CallbackCard";
    static props = {
        call: Object,
        draft: Object,
        onDraft: Function,
        onButton: Function,
        onCustomer: Function,
    };

    get person() {
        const {call, draft} = this.props;
        return call.people.find((one) => one.id === draft.person) || call.people[0];
    }

    onPerson(event) {
        this.props.onDraft({person: Number(event.target.value)});
    }
}

import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";
import {Component} from "@odoo/owl";
import {writeMoment} from "@crm_relations/moment/moment.esm";

const {DateTime} = luxon;
const INPUTS = {
    char_box: "text",
    numerical_box: "number",
    date: "date",
    datetime: "datetime-local",
};

// The second click of a double click would take back what the first one gave.
function isAgain(event) {
    return event.detail > 1;
}

/** One question: numbers and choices are buttons, all else is typed. */
export class SatisfactionQuestion extends Component {
    static template = "crm_relations_survey.SatisfactionQuestion";
    static props = {
        question: Object,
        error: {type: String, optional: true},
        isMissing: Boolean,
        isWide: {type: Boolean, optional: true},
        onAnswer: Function,
    };

    get question() {
        return this.props.question;
    }

    get inputType() {
        return INPUTS[this.question.kind];
    }

    get typed() {
        const {kind, value} = this.question;
        if (kind !== "datetime" || !value) {
            return value;
        }
        return writeMoment(deserializeDateTime(value));
    }

    answer(value, note = this.question.note) {
        return this.props.onAnswer(this.question, value, note);
    }

    // Pressed again, a number is taken back.
    onNumber(event, number) {
        if (!isAgain(event)) {
            this.answer(this.question.value === number ? "" : number);
        }
    }

    toggle(chosen, id) {
        if (chosen.includes(id)) {
            return chosen.filter((one) => one !== id);
        }
        return this.question.is_multiple ? [...chosen, id] : [id];
    }

    onChoice(event, id) {
        if (!isAgain(event)) {
            this.answer(this.toggle(this.question.value, id));
        }
    }

    isChosen(row, id) {
        return (this.question.value[row] || []).includes(id);
    }

    onCell(event, row, id) {
        if (isAgain(event)) {
            return;
        }
        const {value} = this.question;
        const chosen = this.toggle(value[row] || [], id);
        const rows = {...value, [row]: chosen};
        if (!chosen.length) {
            delete rows[row];
        }
        this.answer(rows);
    }

    onTyped(event) {
        const {value} = event.target;
        // Typed by the clock on the wall, kept in UTC as Odoo keeps it.
        const isMoment = this.question.kind === "datetime" && value;
        this.answer(isMoment ? serializeDateTime(DateTime.fromISO(value)) : value);
    }

    onNote(event) {
        this.answer(this.question.value, event.target.value);
    }
}

import {Component} from "@odoo/owl";

const INPUTS = {
    char_box: "text",
    numerical_box: "number",
    date: "date",
    datetime: "datetime-local",
};

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
        return kind === "datetime" ? value.replace(" ", "T").slice(0, 16) : value;
    }

    answer(value, note = this.question.note) {
        return this.props.onAnswer(this.question, value, note);
    }

    // Pressed again, a number is taken back.
    onNumber(number) {
        this.answer(this.question.value === number ? "" : number);
    }

    toggle(chosen, id) {
        if (chosen.includes(id)) {
            return chosen.filter((one) => one !== id);
        }
        return this.question.is_multiple ? [...chosen, id] : [id];
    }

    onChoice(id) {
        this.answer(this.toggle(this.question.value, id));
    }

    isChosen(row, id) {
        return (this.question.value[row] || []).includes(id);
    }

    onCell(row, id) {
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
        const isMoment = this.question.kind === "datetime" && value;
        this.answer(isMoment ? `${value.replace("T", " ")}:00`.slice(0, 19) : value);
    }

    onNote(event) {
        this.answer(this.question.value, event.target.value);
    }
}

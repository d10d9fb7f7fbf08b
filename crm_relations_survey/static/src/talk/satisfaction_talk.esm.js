import {Component, onWillStart, useState} from "@odoo/owl";
import {Mutex} from "@web/core/utils/concurrency";
import {SatisfactionQuestion} from "./satisfaction_question.esm";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const TALK = "crm.satisfaction.talk";

/** The survey that an agent fills while talking: each answer is kept at once. */
export class SatisfactionTalk extends Component {
    static template = "crm_relations_survey.SatisfactionTalk";
    static components = {SatisfactionQuestion};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        // One after the other, as they were given: two at once would be kept in any
        // order.
        this.queue = new Mutex();
        this.failures = 0;
        this.state = useState({
            talk: null,
            errors: {},
            missing: [],
            saving: 0,
            finishing: false,
        });
        onWillStart(async () => {
            this.state.talk = await this.orm.call(TALK, "open_talk", [this.responseId]);
        });
    }

    get responseId() {
        return this.props.action.params.response_id;
    }

    get questions() {
        const {questions, hidden} = this.state.talk;
        return questions.filter((question) => !hidden.includes(question.id));
    }

    get answered() {
        return this.questions.filter(({value}) =>
            typeof value === "object" ? Object.keys(value).length : value !== ""
        ).length;
    }

    // The title of a page stands above its first question.
    isFirstOfPage(index) {
        const {page} = this.questions[index];
        return page && page !== this.questions[index - 1]?.page;
    }

    async onAnswer(question, value, note) {
        question.kept ??= {value: question.value, note: question.note};
        Object.assign(question, {value, note});
        this.state.missing = this.state.missing.filter((id) => id !== question.id);
        this.state.saving += 1;
        try {
            await this.queue.exec(() => this.save(question, value, note));
        } catch (error) {
            this.failures += 1;
            // Unless something else has been given meanwhile.
            if (question.value === value && question.note === note) {
                Object.assign(question, question.kept);
            }
            throw error;
        } finally {
            this.state.saving -= 1;
        }
    }

    async save(question, value, note) {
        const args = [this.responseId, question.id, value, note];
        const answer = await this.orm.silent.call(TALK, "save_answer", args);
        this.state.errors[question.id] = answer.error;
        this.state.talk.hidden = answer.hidden;
        if (!answer.error) {
            question.kept = {value, note};
        }
    }

    async onFinish() {
        if (this.state.finishing) {
            return;
        }
        this.state.finishing = true;
        try {
            await this.finish();
        } finally {
            this.state.finishing = false;
        }
    }

    /** Ends the survey once all is kept; what could not be kept is told, and left to
     *  whoever asks. */
    async finish() {
        const {failures} = this;
        await this.queue.getUnlockedDef();
        if (failures !== this.failures) {
            return;
        }
        const {missing} = await this.orm.call(TALK, "finish", [this.responseId]);
        this.state.missing = missing;
        if (missing.length) {
            document
                .querySelector(`.o_satisfaction_question[data-id="${missing[0]}"]`)
                ?.scrollIntoView({behavior: "smooth", block: "center"});
            return;
        }
        this.onClose();
    }

    onClose() {
        this.action.doAction({type: "ir.actions.act_window_close"});
    }
}

registry.category("actions").add("crm_satisfaction_talk", SatisfactionTalk);

import {Component, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {RadarChart} from "../radar/radar_chart.esm";
import {getLowest} from "../radar/radar_config.esm";
import {TrendChart} from "./trend_chart.esm";
import {registry} from "@web/core/registry";
import {showLatest} from "@crm_relations/latest/latest.esm";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const BOARD = "crm.satisfaction.board";
const FACTOR = "crm.satisfaction.factor";

/** How a study stands, in one look; every figure opens the answers behind it. */
class SatisfactionBoard extends Component {
    static template = "crm_relations_survey.SatisfactionBoard";
    static components = {Layout, RadarChart, TrendChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        const {page = "overview", chosen = []} = this.props.state || {};
        this.state = useState({board: null, comparison: null, page, chosen});
        useSetupAction({
            getLocalState: () => ({
                ...this.asked,
                page: this.state.page,
                chosen: this.state.chosen,
            }),
        });
        const show = (shown) => Object.assign(this.state, shown);
        this.showBoard = showLatest((board) => {
            const {study, period, by} = board;
            this.asked = {study: study?.id, period, by};
            show({board});
        });
        this.showComparison = showLatest((comparison) => {
            this.picked = comparison.units.map(({id}) => id);
            show({comparison});
        });
        onWillStart(() => this.load(this.props.state || {}));
    }

    get board() {
        return this.state.board;
    }

    async load({study, period = "quarter", by = "user_id"}) {
        // What is chosen while the answer is on its way changes this.
        this.asked = {study, period, by};
        const args = [study || null, period, by];
        await this.showBoard(this.orm.call(BOARD, "get_board", args));
        if (this.board.study) {
            await this.compare();
        }
    }

    compare() {
        const {study, period, by} = this.asked;
        const args = [study, period, by, this.state.chosen];
        return this.showComparison(this.orm.call(BOARD, "get_comparison", args));
    }

    /**
     * @param {object} change of what is asked
     * @returns {Promise}
     */
    change(change) {
        if (change.by || change.study) {
            this.state.chosen = [];
        }
        return this.load({...this.asked, ...change});
    }

    get shown() {
        return this.state.comparison.units.map(({id}) => id);
    }

    onChoose(id) {
        const {picked} = this;
        this.picked = picked.includes(id)
            ? picked.filter((other) => other !== id)
            : [...picked, id];
        this.state.chosen = this.picked;
        return this.compare();
    }

    /** All radars have one scale: they are looked at side by side. */
    get lowest() {
        const {units} = this.state.comparison;
        return getLowest(units.flatMap(({series}) => series.map((one) => one.points)));
    }

    getSeries(unit) {
        return unit.series.map((line, place) => ({...line, few: !place && unit.few}));
    }

    onPrint() {
        window.print();
    }

    async onPlan(factor) {
        const args = [[factor.id]];
        const action = await this.orm.call(FACTOR, "plan_improvement", args);
        return this.action.doAction(action);
    }

    open({label, name, model, domain}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: label || name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "pivot"],
            ],
        });
    }
}

registry.category("actions").add("crm_relations_survey_board", SatisfactionBoard);

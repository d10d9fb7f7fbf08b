import {GraphModel} from "@web/views/graph/graph_model";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {_t} from "@web/core/l10n/translation";
import {getLowest, getRadarScale, styleDataset} from "../radar/radar_config.esm";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

const RADAR = "radar";
const NEEDED = "minimum_count";

/** Data of a radar: axes are the first group, lines the second. */
export class RadarGraphModel extends GraphModel {
    /** @override */
    async load(searchParams) {
        this.needed = await this.loadNeeded(searchParams);
        return super.load(searchParams);
    }

    /**
     * @param {object} searchParams
     * @returns {number} how many answers are enough to judge by
     */
    async loadNeeded(searchParams) {
        const {domain} = searchParams;
        const {fields, resModel} = this.metaData;
        if (!(NEEDED in fields)) {
            return 0;
        }
        const measure = `${NEEDED}:max`;
        const rows = await this.orm.formattedReadGroup(resModel, domain, [], [measure]);
        return rows[0]?.[measure] || 0;
    }

    /** @override */
    _getData(dataPoints, forceUseAllDataPoints) {
        const data = super._getData(dataPoints, forceUseAllDataPoints);
        if (this.metaData.mode !== RADAR) {
            return data;
        }
        const points = data.datasets.map((dataset) =>
            this.getPoints(dataPoints, dataset, data.labels.length)
        );
        data.datasets.forEach((dataset, place) => {
            const most = Math.max(0, ...points[place].map(({count}) => count));
            dataset.data = points[place].map(({value}) => value);
            dataset.few = most < this.needed;
            if (dataset.few) {
                const words = _t("few answers: %s", most);
                dataset.label = `${dataset.label} (${words})`;
            }
        });
        if (data.datasets.length > 1) {
            data.datasets.push(...this.getBeside(data, points));
        }
        return data;
    }

    /**
     * @param {object[]} dataPoints
     * @param {object} dataset
     * @param {number} length
     * @returns {object[]} value and count on each axis; null where nobody answered
     */
    getPoints(dataPoints, dataset, length) {
        const points = Array.from({length}, () => ({value: null, count: 0}));
        for (const point of dataPoints) {
            if (this._getDatasetLabel(point) === dataset.label && point.count) {
                points[point.labelIndex] = {value: point.value, count: point.count};
            }
        }
        return points;
    }

    /**
     * @param {object} data
     * @param {object[][]} points
     * @returns {object[]} what the lines are compared with: all of them, and the best
     */
    getBeside(data, points) {
        const {datasets, labels} = data;
        const own = datasets.map((dataset, place) => ({dataset, line: points[place]}));
        const all = labels.map((_label, axis) => {
            const given = own.map(({line}) => line[axis]).filter(({count}) => count);
            const total = given.reduce((sum, {count}) => sum + count, 0);
            const sum = given.reduce((part, {value, count}) => part + value * count, 0);
            return total ? sum / total : null;
        });
        const enough = own.filter(({dataset}) => !dataset.few);
        const best = labels.map((_label, axis) => {
            const values = enough
                .map(({line}) => line[axis].value)
                .filter((value) => value !== null);
            return values.length ? Math.max(...values) : null;
        });
        return [
            {label: _t("All"), data: all},
            {label: _t("Best"), data: best},
        ].map((dataset) => ({
            ...dataset,
            beside: true,
            trueLabels: labels,
            currencyIds: [],
            identifiers: new Set(),
        }));
    }
}

export class RadarGraphRenderer extends GraphRenderer {
    /** @override */
    getChartConfig() {
        if (this.model.metaData.mode !== RADAR) {
            return super.getChartConfig();
        }
        const {data} = this.model;
        data.datasets.forEach((dataset, place) =>
            styleDataset(dataset, place, data.datasets.length)
        );
        return {type: RADAR, data, options: this.prepareOptions()};
    }

    /** @override */
    getScaleOptions() {
        const {measure, mode} = this.model.metaData;
        if (mode === RADAR) {
            const lines = this.model.data.datasets.map(({data}) => data);
            return getRadarScale(measure === "points" ? getLowest(lines) : undefined);
        }
        return super.getScaleOptions();
    }

    onPrint() {
        window.print();
    }
}

export const radarGraphView = {
    ...graphView,
    Model: RadarGraphModel,
    Renderer: RadarGraphRenderer,
    buttonTemplate: "crm_relations_survey.RadarGraph.Buttons",
};

registry.category("views").add("crm_relations_survey_radar", radarGraphView);

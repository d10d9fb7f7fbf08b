/* global Chart */
import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {getTrendColors} from "../radar/radar_config.esm";
import {loadBundle} from "@web/core/assets";

/** The index month by month; months of few answers are hollow and grey. */
export class TrendChart extends Component {
    static template = "crm_relations_survey.TrendChart";
    static props = {points: Array, lines: {type: Array, optional: true}};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(() => this.draw());
        onWillUnmount(() => this.chart?.destroy());
    }

    getOwnLine({own, muted}) {
        const {points} = this.props;
        const colors = points.map(({few}) => (few ? muted : own));
        return {
            label: _t("Own surveys"),
            data: points.map(({index}) => index),
            borderColor: own,
            backgroundColor: "transparent",
            pointBorderColor: colors,
            pointBackgroundColor: points.map(({few}) => (few ? "transparent" : own)),
            pointRadius: 4,
            pointHoverRadius: 6,
            borderWidth: 2,
            spanGaps: true,
        };
    }

    /** What an institute published; a new line begins where it changed the terms. */
    getOtherLines({others}) {
        return (this.props.lines || []).map((line) => ({
            label: line.label,
            data: line.data,
            borderColor: others,
            pointBackgroundColor: others,
            backgroundColor: "transparent",
            pointStyle: "rectRot",
            pointRadius: 5,
            borderWidth: 2,
            borderDash: [5, 4],
            spanGaps: true,
        }));
    }

    tell({datasetIndex, dataIndex, dataset, raw}) {
        const point = this.props.points[dataIndex];
        if (datasetIndex) {
            return `${dataset.label}: ${raw}`;
        }
        const margin = point.margin === null ? "" : ` ± ${point.margin}`;
        const count = point.few || _t("Answers: %s", point.count);
        return `${raw}${margin} (${count})`;
    }

    draw() {
        this.chart?.destroy();
        const colors = getTrendColors();
        const ticks = {color: colors.text};
        this.chart = new Chart(this.canvas.el, {
            type: "line",
            data: {
                labels: this.props.points.map(({label}) => label),
                datasets: [this.getOwnLine(colors), ...this.getOtherLines(colors)],
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                scales: {
                    x: {ticks, grid: {display: false}},
                    y: {ticks, grid: {color: colors.grid}, grace: "10%"},
                },
                plugins: {
                    legend: {
                        display: Boolean(this.props.lines?.length),
                        position: "bottom",
                        labels: {color: colors.text},
                    },
                    tooltip: {callbacks: {label: (item) => this.tell(item)}},
                },
            },
        });
    }
}

/* global Chart */
import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {getRadarScale, styleDataset} from "./radar_config.esm";
import {joinWords} from "@crm_relations/sentences/join_words.esm";
import {loadBundle} from "@web/core/assets";

/** A radar of points: a line for each series, over the same axes. */
export class RadarChart extends Component {
    static template = "crm_relations_survey.RadarChart";
    static props = {labels: Array, series: Array, lowest: Number};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(() => this.draw());
        onWillUnmount(() => this.chart?.destroy());
    }

    get words() {
        return joinWords(this.props.series.map(({label}) => label));
    }

    draw() {
        this.chart?.destroy();
        const datasets = this.props.series.map((line, place) => ({
            label: line.label,
            data: line.points,
            few: line.few,
            beside: place > 0,
        }));
        datasets.forEach((line, place) => styleDataset(line, place, datasets.length));
        const scales = getRadarScale(this.props.lowest);
        this.chart = new Chart(this.canvas.el, {
            type: "radar",
            data: {labels: this.props.labels, datasets},
            options: {
                maintainAspectRatio: false,
                animation: false,
                scales,
                plugins: {
                    legend: {
                        position: "bottom",
                        labels: {color: scales.r.ticks.color, boxWidth: 24},
                    },
                },
            },
        });
    }
}

import {getColor, getCustomColor} from "@web/core/colors/colors";
import {cookie} from "@web/core/browser/cookie";

const LONGEST = 18;

/** Colors of the scheme in which Odoo is shown, asked when something is drawn. */
function getColors() {
    const scheme = cookie.get("color_scheme");
    return {
        scheme,
        text: getCustomColor(scheme, "#111827", "#e4e4e4"),
        grid: getCustomColor(scheme, "rgba(0,0,0,.12)", "rgba(255,255,255,.2)"),
        muted: getCustomColor(scheme, "#9ca3af", "#6b7280"),
    };
}

function shorten(label) {
    const text = String(label);
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function fade(color) {
    return `${color}22`;
}

/**
 * How a line of a radar looks: what is beside it is dashed, what is of few answers is
 * grey.
 *
 * @param {object} dataset of Chart.js, changed in place
 * @param {number} place among the datasets
 * @param {number} count of datasets
 */
export function styleDataset(dataset, place, count) {
    const {scheme, muted} = getColors();
    const color = dataset.few ? muted : getColor(place, scheme, count);
    Object.assign(dataset, {
        borderColor: color,
        backgroundColor: dataset.beside || dataset.few ? "transparent" : fade(color),
        borderDash: dataset.beside || dataset.few ? [5, 4] : [],
        borderWidth: 2,
        pointBackgroundColor: color,
        pointRadius: dataset.beside ? 2 : 3,
        pointHoverRadius: 6,
        spanGaps: true,
    });
}

/**
 * Points lie close together: their scale begins a little below the lowest.
 *
 * @param {number[][]} lines of points
 * @returns {number} where the scale begins
 */
export function getLowest(lines) {
    const values = lines.flat().filter((one) => one !== null);
    return Math.max(0, 10 * Math.floor(Math.min(100, ...values) / 10) - 10);
}

/**
 * @param {number|undefined} lowest where the scale of points begins, if they are points
 * @returns {object} the scale of a radar, as Chart.js takes it
 */
export function getRadarScale(lowest) {
    const {text, grid} = getColors();
    const isPoints = lowest !== undefined;
    return {
        r: {
            beginAtZero: !isPoints,
            min: lowest,
            max: isPoints ? 100 : undefined,
            angleLines: {color: grid},
            grid: {color: grid},
            pointLabels: {color: text, callback: shorten},
            ticks: {color: text, backdropColor: "transparent", maxTicksLimit: 5},
        },
    };
}

/** Colors for a chart over time. */
export function getTrendColors() {
    const colors = getColors();
    return {
        ...colors,
        own: getColor(0, colors.scheme, 2),
        others: getColor(1, colors.scheme, 2),
    };
}

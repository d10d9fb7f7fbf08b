import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** The figures of a report: each opens what it counts, and tells what it is now where
 *  that is no longer what was handed in. */
export class WorkReportFigures extends Component {
    static template = "crm_relations.WorkReportFigures";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        // On a phone what is nothing is only in the way of the texts.
        this.state = useState({all: !this.env.isSmall});
    }

    get sections() {
        const sections = this.props.record.data[this.props.name] || [];
        if (this.state.all) {
            return sections;
        }
        return sections
            .map(({title, lines}) => ({
                title,
                lines: lines.filter((line) => !line.nothing),
            }))
            .filter(({lines}) => lines.length);
    }

    get isSaved() {
        return Boolean(this.props.record.resId);
    }

    now(line) {
        return _t("now %s", line.now);
    }

    async onFigure(line) {
        const {model} = this.props.record;
        // What has been typed is kept, as by Odoo's own buttons.
        if (!(await model.root.save())) {
            return;
        }
        const action = await this.orm.call("crm.work.report", "open_figure", [
            this.props.record.resId,
            line.key,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("fields").add("work_report_figures", {
    component: WorkReportFigures,
    supportedTypes: ["json"],
});

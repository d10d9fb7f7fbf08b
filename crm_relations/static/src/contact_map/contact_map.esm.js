import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {showLatest} from "../latest/latest.esm";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";
import {tellDays, tellSpan} from "../days_left/days_left_field.esm";

/** Persons of a customer by role in buying and attitude, who of ours knows them, and
 *  what is missing at the top. */
class ContactMap extends Component {
    static template = "crm_relations.ContactMap";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({map: null});
        this.show = showLatest((map) => Object.assign(this.state, {map}));
        useRecordObserver(({resId}) => this.load(resId));
    }

    load(id) {
        return this.show(
            id ? this.orm.call("res.partner", "get_contact_map", [[id]]) : null
        );
    }

    get map() {
        return this.state.map;
    }

    personsAt(level, attitude) {
        return level.persons.filter((person) => person.attitude_key === attitude.key);
    }

    /** Levels on which nobody stands, where roles are known at all. */
    isEmpty(level) {
        return this.map.is_open && !level.persons.length;
    }

    shownLevels() {
        return this.map.levels.filter(
            (level) => level.persons.length || this.map.is_open
        );
    }

    get words() {
        const days = tellSpan(this.map.silence_days);
        return {
            silent: _t("Not in touch for %s", days),
            nothing: _t(
                "Nothing: everybody who decides is known, and was contacted within %s.",
                days
            ),
            left_out: _t("Persons that are not drawn: %s.", this.map.left_out),
            unnamed: _t("Follow-ups that do not say with whom: %s.", this.map.unnamed),
        };
    }

    starsLabel(person) {
        return _t("Relationship: %s of 5", person.stars);
    }

    contactClass(person) {
        if (!this.map.is_told) {
            return "o_crm_untold";
        }
        if (person.days === null) {
            return "o_crm_unknown";
        }
        return person.is_silent ? "o_crm_silent" : "";
    }

    since(days) {
        if (days === null) {
            return _t("nobody yet");
        }
        return tellDays(-days);
    }

    knowers(person) {
        return person.known_by
            .map((one) =>
                one.has_left
                    ? _t("%(name)s (has left): %(count)s, last on %(day)s", one)
                    : _t("%(name)s: %(count)s, last on %(day)s", one)
            )
            .join("\n");
    }

    onPerson(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async onCall(method) {
        const action = await this.orm.call("res.partner", method, [
            [this.props.record.resId],
        ]);
        return this.action.doAction(action, {
            onClose: () => this.load(this.props.record.resId),
        });
    }

    onPrint() {
        window.print();
    }
}

registry.category("view_widgets").add("contact_map", {component: ContactMap});

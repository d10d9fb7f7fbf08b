import {Component, onWillStart, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {isPast, tellMoment} from "../moment/moment.esm";
import {showLatest} from "../latest/latest.esm";
import {tellDays} from "../days_left/days_left_field.esm";
import {useActs} from "../act/act_hook.esm";
import {useSetupAction} from "@web/search/action_hook";
import {user} from "@web/core/user";

// Records that open in a screen of their own, and the method that says in which.
const OPENERS = {
    "crm.callback": "action_open_call",
    "crm.work.report.result": "action_open_report",
    "res.partner": "action_open_customer",
};

/** The first screen of the app: what to do now, this week, and what to watch. */
class MyDay extends Component {
    static template = "crm_relations.MyDay";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({day: null, busy: false});
        this.display = {controlPanel: {}};
        // Coming back from a customer, a leader is with the same team.
        useSetupAction({getLocalState: () => ({team_id: this.day.team_id})});
        this.show = showLatest((day) => Object.assign(this.state, {day}));
        // What is done leaves the card.
        this.press = useActs(this.state, () => this.load(this.teamId));
        const {team_id = false} = this.props.state || {};
        onWillStart(() => this.load(team_id));
    }

    load(teamId) {
        this.teamId = teamId;
        return this.show(this.orm.call("crm.my.day", "get_day", [teamId]));
    }

    get day() {
        return this.state.day;
    }

    get isTeam() {
        return this.day.team_id !== false;
    }

    when(line) {
        const days = line.days_left;
        if (line.when) {
            return line.when;
        }
        if (line.moment) {
            return tellMoment(line.moment);
        }
        if (days === false) {
            return "";
        }
        if (days === -1) {
            return _t("since yesterday");
        }
        return days < 0 ? _t("%s days late", -days) : tellDays(days);
    }

    tone(line) {
        if (line.days_left === false) {
            return "";
        }
        if (line.moment ? isPast(line.moment) : line.days_left < 0) {
            return "text-danger";
        }
        return line.days_left > 0 ? "text-muted" : "text-warning";
    }

    about(line) {
        // Who asks about an own customer is named once.
        const people = new Set([this.isTeam && line.person, line.asker]);
        return [...people, line.detail].filter(Boolean).join(" · ");
    }

    acts(card, line) {
        return card.acts.filter((act) => line.phone || !act.needs_phone);
    }

    onAct(card, line, act) {
        return this.press({
            name: act.method,
            resModel: card.model,
            resId: line.id,
            context: user.context,
        });
    }

    onScope(event) {
        const scope = this.day.scopes[event.target.value];
        return this.load(scope.id);
    }

    async onCard(card) {
        const action = await this.orm.call("crm.my.day", "open_card", [
            card.key,
            this.day.team_id,
        ]);
        return this.action.doAction(action);
    }

    async onTarget(target) {
        const action = await this.orm.call(
            "crm.followup.target",
            "action_view_results",
            [target.id]
        );
        return this.action.doAction(action);
    }

    async onLine(line) {
        const opener = OPENERS[line.res_model];
        if (!opener) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: line.res_model,
                res_id: line.res_id,
                views: [[false, "form"]],
            });
        }
        const action = await this.orm.call(line.res_model, opener, [line.res_id]);
        return this.action.doAction(action);
    }
}

registry.category("actions").add("crm_relations_my_day", MyDay);

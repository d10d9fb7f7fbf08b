import {browser} from "@web/core/browser/browser";

const PREFIX = "crm_relations.callback";

// What an agent has typed about a call, kept in the browser until it is saved: neither
// a closed window nor a lost connection takes it away.
export class CallbackDraft {
    constructor(userId, call) {
        this.key = `${PREFIX}/${userId}/${call.id}/${call.attempt}`;
        this.person = call.people.length ? call.people[0].id : false;
    }

    read() {
        const fresh = {note: "", again: "", person: this.person, started: Date.now()};
        try {
            return {...fresh, ...JSON.parse(browser.localStorage.getItem(this.key))};
        } catch {
            return fresh;
        }
    }

    keep(values) {
        try {
            browser.localStorage.setItem(this.key, JSON.stringify(values));
        } catch {
            // A full or forbidden storage must not keep anybody from calling.
        }
    }

    // The same for the same attempt, however often it is sent.
    token(values) {
        return `${this.key}/${values.started}`;
    }

    drop() {
        browser.localStorage.removeItem(this.key);
    }
}

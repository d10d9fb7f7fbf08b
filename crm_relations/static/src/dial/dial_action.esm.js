import {registry} from "@web/core/registry";

// Hands a number to the telephone of the device; returns what is to follow.
function dial(env, {params}) {
    const link = document.createElement("a");
    link.href = `tel:${params.number.replace(/\s+/g, "")}`;
    link.click();
    return params.following;
}

registry.category("actions").add("crm_relations_dial", dial);

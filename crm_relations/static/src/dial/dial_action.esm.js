import {registry} from "@web/core/registry";

/**
 * Hand a number to the telephone of the device, then go on.
 *
 * @param {Object} env
 * @param {Object} action `params`: number, following (the action to do then)
 * @returns {Object} the next action
 */
function dial(env, {params}) {
    const link = document.createElement("a");
    link.href = `tel:${params.number.replace(/\s+/g, "")}`;
    link.click();
    return params.following;
}

registry.category("actions").add("crm_relations_dial", dial);

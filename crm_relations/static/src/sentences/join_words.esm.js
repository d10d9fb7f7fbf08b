import {user} from "@web/core/user";

const MARKED = /^(zh|ja)/;

/** Words as a list in the reader's language. Not by Odoo's formatList: its style
 *  "unit" writes Chinese words one upon the other. */
export function joinWords(words) {
    return words.join(MARKED.test(user.lang) ? "、" : ", ");
}

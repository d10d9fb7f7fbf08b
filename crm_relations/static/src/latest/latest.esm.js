/** Answers come in any order, and a screen shows what was asked last.
 *
 *  @param {Function} show takes an answer
 *  @returns {Function} waits for an answer and shows it, unless something else has been
 *      asked meanwhile
 */
export function showLatest(show) {
    let asked = 0;
    return async (answer) => {
        const number = ++asked;
        const given = await answer;
        if (number === asked) {
            show(given);
        }
    };
}

/* One choice of several. */
import { NOTHING, choiceList, picked } from "./choices.js";

export const choice = {
  nothing: NOTHING,
  answered: (response) => picked(response).length > 0,
  render: (asked) => choiceList(asked, "radio", asked.say("choose_one"), (id) => ({ choices: [id] })),
  press({ item, response }, digit) {
    const one = item.choices[digit - 1];
    if (!one) return undefined;
    return picked(response).includes(one.id) ? NOTHING : { choices: [one.id] };
  },
};

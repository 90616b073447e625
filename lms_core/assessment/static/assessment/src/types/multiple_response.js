/* As many choices as apply. */
import { NOTHING, choiceList, picked } from "./choices.js";

export const multipleResponse = {
  nothing: NOTHING,
  answered: (response) => picked(response).length > 0,
  render: (asked) => choiceList(asked, "checkbox", asked.say("choose_all"), (id) => toggled(asked, id)),
  press(asked, digit) {
    const one = asked.item.choices[digit - 1];
    return one && toggled(asked, one.id);
  },
};

function toggled({ response }, id) {
  const before = picked(response);
  return { choices: before.includes(id) ? before.filter((one) => one !== id) : [...before, id] };
}

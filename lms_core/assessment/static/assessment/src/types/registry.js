/*
 * How each type of question is asked and answered, one module a type. A type has:
 *   nothing                     the response that answers nothing
 *   answered(response)          whether it answers anything
 *   render(asked)               the question's controls; `asked` is {item, response, locked, lang, say, change(response)}
 *   press(asked, digit)         the response after the key 1 to 9, or undefined where that key means nothing
 */
import { choice } from "./choice.js";
import { multipleResponse } from "./multiple_response.js";

const TYPES = { choice, "multiple-response": multipleResponse };

/** The type of `item`. A type that this page does not know yet is shown, and cannot be answered. */
export function itemType(item) {
  return TYPES[item.type] ?? unknown;
}

const unknown = {
  nothing: {},
  answered: () => false,
  render: () => "",
  press: () => undefined,
};

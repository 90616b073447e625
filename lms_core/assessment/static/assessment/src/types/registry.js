/*
 * How each type of question is asked and answered, one module a type. A type has:
 *   nothing                     the response that answers nothing
 *   answered(response)          whether it answers anything
 *   render(asked)               the question's controls; `asked` is
 *                               {item, response, locked, lang, say, tell(words), change(response, rest), left()}
 *   press(asked, digit)         the response after the key 1 to 9, or undefined where that key means nothing
 *   holdsPrompt                 whether it draws the prompt itself, since its controls stand in it
 */
import { choice } from "./choice.js";
import { numeric, textEntry } from "./entries.js";
import { extendedText } from "./extended_text.js";
import { gapMatch } from "./gap_match.js";
import { hotSpot } from "./hot_spot.js";
import { hotArea, inlineChoice } from "./inline_choice.js";
import { matching, statementSet } from "./matching.js";
import { multipleResponse } from "./multiple_response.js";
import { ordering } from "./ordering.js";

const TYPES = {
  choice,
  "multiple-response": multipleResponse,
  "statement-set": statementSet,
  ordering,
  matching,
  "gap-match": gapMatch,
  "inline-choice": inlineChoice,
  "text-entry": textEntry,
  numeric,
  "hot-spot": hotSpot,
  "hot-area": hotArea,
  "extended-text": extendedText,
};

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

/* htmx, with its settings in the page's meta element; a request that fails says so where it is heard. */
import htmx from "htmx.org/dist/htmx.esm.js";

import { say, saying } from "./live.js";

window.htmx = htmx;

for (const event of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(event, () => say(saying("failed"), "danger"));
}

/* What every page does by script. Each behaviour improves something that works without it. */
import "./htmx.js";
import { confirmations } from "./confirm.js";
import { copying } from "./copy.js";
import { dismissing } from "./dismiss.js";
import { dropdowns } from "./dropdown.js";
import { guarding } from "./guard.js";
import { leaving } from "./leaving.js";
import { preferences } from "./preferences.js";
import { selecting } from "./select.js";

preferences();
dropdowns();
confirmations();
guarding();
copying();
dismissing();
selecting();
leaving();

document.querySelector("[data-error-summary]")?.focus();

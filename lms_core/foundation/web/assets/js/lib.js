/* What interactive elements are built of. Entries import it as "@lms/lib", so that the core's share one copy. */
export * from "lit";
export { repeat } from "lit/directives/repeat.js";
export { classMap } from "lit/directives/class-map.js";
export { ifDefined } from "lit/directives/if-defined.js";
export { keyed } from "lit/directives/keyed.js";
export { live } from "lit/directives/live.js";
export { unsafeHTML } from "lit/directives/unsafe-html.js";
export { openDB } from "idb";

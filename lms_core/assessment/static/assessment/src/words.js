/* The room's words: filled in, and times written as readers of this language write them. */

/** Words by name, as the page carries them; what stands in braces is filled in. */
export function wording(words) {
  return (name, values = {}) =>
    (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

/** Writes moments in the site's zone: 14:03 in both languages. */
export function timeOfDay(language, zone) {
  const format = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone });
  return (moment) => format.format(moment);
}

/** Joins slot numbers: "3, 5, 8". */
export function listed(slots) {
  return [...slots].sort((one, other) => one - other).join(", ");
}

/** What is written within one paragraph, without the paragraph: it stands inside a label. */
export function inline(html) {
  const only = /^\s*<p>([\s\S]*)<\/p>\s*$/.exec(html);
  return only && !only[1].includes("<p>") ? only[1] : html;
}

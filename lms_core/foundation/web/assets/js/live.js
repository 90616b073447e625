/* Words for people who look and for people who listen. The words themselves stand in the page, in its language. */

/** The page's wording for `name`: the attribute data-say-<name> of body. */
export function saying(name) {
  return document.body.getAttribute(`data-say-${name}`) ?? "";
}

/** Says `message` in the live region; one of tone "danger" is also shown among the page's messages. */
export function say(message, tone = "info") {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => (live.textContent = message), 50);
  if (tone === "danger") show(message);
}

function show(message) {
  const list = document.getElementById("flashes");
  if (!list) return;
  const flash = document.createElement("div");
  flash.className = "flash tone-danger";
  const words = document.createElement("p");
  words.textContent = message;
  flash.append(words);
  list.replaceChildren(flash);
  list.scrollIntoView({ block: "nearest" });
}

/* The line at the top: which exam, whether answers are saved, what time is left. */
import { html, nothing } from "@lms/lib";

import { isLast, remaining } from "../clock.js";
import { icon } from "./parts.js";

const ICONS = { saved: "check", offline: "warning", waiting: "warning", refused: "danger" };

export function bar(room) {
  return html`<div class="exam-bar">
    <h1 class="exam-title" lang=${room.spoken}>${room.attempt.title}</h1>
    ${saveLine(room)} ${timer(room)}
  </div>`;
}

function saveLine({ attempt, say, clockTime }) {
  const line = attempt.line.said;
  if (!line) return nothing;
  const mark = ICONS[line.state] ? icon(ICONS[line.state]) : nothing;
  return html`<p class="save-line" data-state=${line.state}>${mark}<span>${lineWords(line, say, clockTime)}</span></p>`;
}

/** What the line says, for those who look and for those who listen. */
export function lineWords(line, say, clockTime) {
  return say(line.name, { ...line.values, time: line.at ? clockTime(Date.parse(line.at)) : "" });
}

function timer(room) {
  const { attempt, say } = room;
  const left = attempt.time.left;
  if (Number.isNaN(left) || ["failed", "handed-in"].includes(attempt.phase)) return nothing;
  const hidden = room.timeHidden;
  const over = attempt.phase === "over";
  return html`<div class="exam-time">
    <p class="timer ${isLast(left) && !hidden ? "timer-last" : ""}" role="timer" aria-live="off">
      ${icon("clock")}<span>${hidden ? say("time_hidden") : remaining(left, say)}</span></p>
    ${over ? nothing : controls(room, hidden)}
  </div>`;
}

function controls(room, hidden) {
  const { say } = room;
  return html`<button type="button" class="button button-quiet button-small exam-time-toggle" @click=${() => room.hideTime(!hidden)}>
      ${say(hidden ? "show_time" : "hide_time")}</button>
    <button type="button" class="visually-hidden button button-small exam-time-tell" @click=${() => room.tellTime()}>${say("tell_time")}</button>`;
}

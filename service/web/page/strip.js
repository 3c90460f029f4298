// The strip: one lane a label, where in the article it holds, its share of the words; a lane's head is its filter.

import { make } from "./elements.js";
import { LABELS, UNCERTAIN, labelsOf, percent, sureness } from "./findings.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;

/** The lanes of `extraction`; `filter` is called when one is switched. */
export function drawStrip(extraction, links, filter) {
  const body = extraction.sentences.filter((sentence) => sentence.label);
  const length = ({ start, end }) => end - start;
  const all = body.reduce((sum, sentence) => sum + length(sentence), 0) || 1;
  return Object.entries(LABELS).map(([label, { name, sign }]) => {
    const theirs = body.filter((sentence) => sentence.label === label);
    const share = theirs.reduce((sum, sentence) => sum + length(sentence), 0) / all;
    const box = make("input", { type: "checkbox", checked: true, value: label });
    box.addEventListener("change", filter);
    const count = `${percent(share)}`;
    const head = make("label", {}, box, make("span", { class: `sign ${label}`, "data-sign": sign }), make("span", {}, name), make("span", { class: "share" }, count));
    const spoken = `${name}: ${percent(share)} of the words, ${theirs.length} sentences`;
    return make("div", { class: "lane" }, head, lane(label, spoken, body, extraction.text.length, links));
  });
}

function lane(label, spoken, body, length, links) {
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} 20`, preserveAspectRatio: "none", role: "img", "aria-label": spoken });
  for (const sentence of body.filter((one) => labelsOf(one).includes(label))) {
    const main = sentence.label === label;
    const bar = shape("rect", {
      x: (sentence.start / length) * WIDTH,
      width: Math.max(1.5, ((sentence.end - sentence.start) / length) * WIDTH - 1),
      y: main ? 0 : 12,
      height: main ? 20 : 8,
      class: `bar ${label}${sureness(sentence) < UNCERTAIN ? " uncertain" : ""}`,
    });
    links.add(bar, { id: sentence.id });
    svg.append(bar);
  }
  return svg;
}

function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// The article with its findings marked: its text in the page is the text of the extraction, character by character.

import { make } from "./elements.js";
import { LABELS, UNCERTAIN, initials, labelsOf, percent, quantityWords, speakerWords, standing, standingClass, sureness } from "./findings.js";

// Which of two marks with the same words is the outer one.
const RANKS = ["paragraph", "sentence", "evidence", "content", "source", "cue", "mention", "term", "quantity"];
const BLOCKS = { title: "h2", heading: "h3" };

/** The children of the article's element; every finding is registered with `links`. */
export function layOut(extraction, links) {
  const marks = [...paragraphsOf(extraction), ...sentencesOf(extraction), ...quotationsOf(extraction), ...othersOf(extraction)];
  const walls = marks.filter((mark) => mark.part === "paragraph" || mark.part === "sentence").flatMap((mark) => [mark.start, mark.end]);
  const root = make("div");
  weave(root, extraction.text, marks.flatMap((mark) => cut(mark, [...new Set(walls)].sort((a, b) => a - b))), links);
  return [...root.childNodes];
}

function paragraphsOf({ sentences, text }) {
  const firsts = sentences.filter((sentence, index) => index === 0 || sentence.paragraph !== sentences[index - 1].paragraph);
  return firsts.map((first, index) => ({
    part: "paragraph",
    start: index === 0 ? 0 : first.start,
    end: firsts[index + 1]?.start ?? text.length,
    tag: BLOCKS[first.role] ?? "p",
    classes: [first.role],
  }));
}

function sentencesOf({ sentences }) {
  return sentences.map((sentence) => {
    const mark = { part: "sentence", ...sentence, classes: [sentence.role] };
    if (!sentence.label) return { ...mark, id: null };
    const names = labelsOf(sentence).map((label) => LABELS[label].name);
    const sure = sureness(sentence);
    const unsure = sure < UNCERTAIN;
    const sign = labelsOf(sentence).map((label) => LABELS[label].sign).join("") + (unsure ? "?" : "");
    const words = `${names.join(" and ")}, ${unsure ? "uncertain, " : ""}${percent(sure)} sure`;
    return { ...mark, classes: [sentence.label, unsure && "uncertain"], sign, words, spoken: `Sentence: ${words}` };
  });
}

function quotationsOf({ quotations, speakers }) {
  const byId = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  return quotations.flatMap((quotation) => {
    const { id, kind, confidence } = quotation;
    const speaker = byId.get(quotation.speaker);
    const unsure = confidence < UNCERTAIN;
    const classes = [standingClass(quotation), unsure && "uncertain"];
    const sign = [initials(speaker), standing(quotation)].filter(Boolean).join(" ") + (unsure && speaker ? "?" : "");
    const words = [speakerWords(speaker), kind, standing(quotation), `${unsure ? "uncertain, " : ""}${percent(confidence)} sure`].filter(Boolean).join(" · ");
    const also = speaker ? [speaker.id] : [];
    const content = quotation.content.map((span, index) => ({
      part: "content", ...span, id, also, classes, words, ...(index === 0 && { sign, spoken: `Quotation: ${words}` }),
    }));
    const cue = quotation.cue.map((span) => ({ part: "cue", ...span, id, classes: [], words }));
    return [...content, ...cue, ...(quotation.source ? [{ part: "source", ...quotation.source, id, also, classes: [], words }] : [])];
  });
}

function othersOf({ speakers, quantities, quoted_terms: terms, sentences }) {
  const byId = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  return [
    ...sentences.flatMap((sentence) => sentence.evidence.map((span) => ({ part: "evidence", ...span, id: null, classes: [] }))),
    ...speakers.flatMap((speaker) => speaker.mentions.map((span) => ({ part: "mention", ...span, id: speaker.id, classes: [], words: speakerWords(speaker) }))),
    ...terms.map((span, index) => ({
      part: "term", ...span, id: `t${index + 1}`, classes: [], sign: "“ ”", words: "in quotation marks, quoting nobody", spoken: `Quoted term: ${span.text}`,
    })),
    ...quantities.map((quantity) => {
      const who = quantity.speaker ? `says ${speakerWords(byId.get(quantity.speaker))}` : "says the article";
      const words = `${quantityWords(quantity)} · ${who}`;
      return { part: "quantity", ...quantity, also: [], classes: [], words, spoken: `${quantity.text}: ${words}`, button: true };
    }),
  ];
}

/** `mark` in pieces that cross none of `walls` (sorted); only the first piece keeps the sign. */
function cut(mark, walls) {
  if (mark.part === "paragraph" || mark.part === "sentence") return [mark];
  let low = 0;
  for (let high = walls.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (walls[middle] <= mark.start) low = middle + 1;
    else high = middle;
  }
  const pieces = [];
  let start = mark.start;
  for (; low < walls.length && walls[low] < mark.end; low += 1) {
    pieces.push(piece(mark, start, walls[low]));
    start = walls[low];
  }
  return [...pieces, piece(mark, start, mark.end)];
}

const piece = (mark, start, end) => (start === mark.start ? { ...mark, end } : { ...mark, start, end, sign: null, button: false });
const before = (one, other) => one.start - other.start || other.end - one.end || RANKS.indexOf(one.part) - RANKS.indexOf(other.part);

/** Append `text` to `root`, nested in the elements of `marks`; a mark that crosses the end of another is split there. */
function weave(root, text, marks, links) {
  const waiting = marks.filter((mark) => mark.end > mark.start).sort(before);
  const open = [{ element: root, end: text.length }];
  let at = 0;
  const write = (to) => {
    if (to > at) open.at(-1).element.append(text.slice(at, to));
    at = Math.max(at, to);
  };
  for (let next = 0; next < waiting.length || open.length > 1; ) {
    const mark = waiting[next];
    const inner = open.at(-1);
    if (!mark || (mark.start >= inner.end && open.length > 1)) {
      write(inner.end);
      open.pop();
      continue;
    }
    write(mark.start);
    next += 1;
    const end = Math.min(mark.end, inner.end);
    if (end < mark.end) insert(waiting, next, piece(mark, end, mark.end));
    const element = draw(mark, links);
    inner.element.append(element);
    open.push({ element, end });
  }
  write(text.length);
}

function insert(waiting, from, mark) {
  let at = from;
  while (at < waiting.length && before(waiting[at], mark) <= 0) at += 1;
  waiting.splice(at, 0, mark);
}

/** The element of `mark`, with its sign, which is drawn by the style sheet and so no part of the text. */
function draw(mark, links) {
  const classes = ["mark", mark.part, ...mark.classes.filter(Boolean)].join(" ");
  const stop = { role: "button", tabindex: -1, "data-stop": true, "aria-label": mark.spoken };
  const element = make(mark.tag ?? "span", { class: mark.part === "paragraph" ? mark.classes[0] : classes, ...(mark.button && stop) });
  if (mark.sign) element.append(make("span", { class: `sign ${classes}`.replace("mark ", ""), "data-sign": mark.sign, ...stop }));
  if (mark.id) links.add(element, mark);
  return element;
}

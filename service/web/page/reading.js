// The article with its findings marked: its text in the page is the text of the extraction, character by character.

import { make } from "./elements.js";
import { LABELS, UNCERTAIN, isCorrected, labelsOf, quantityWords, speakerSigns, speakerWords, standing, standingClass, sureWords, sureness } from "./findings.js";

// What is drawn first where several begin: a block, the sign of a sentence, the sentence, other signs, then the longest.
const RANKS = ["paragraph", "sentence-sign", "sentence", "sign", "evidence", "content", "source", "cue", "mention", "term", "quantity"];
const FRAMES = 3;
const OPENING = /[“‘«„"']/;
const BLOCKS = { title: "h2", heading: "h3" };

/** The children of the article's element; every finding is registered with `links`. */
export function layOut(extraction, links) {
  const found = [...sentencesOf(extraction), ...quotationsOf(extraction), ...othersOf(extraction)];
  const signs = found.filter((mark) => mark.sign).map((mark) => signOf(mark, extraction.text));
  const marks = [...paragraphsOf(extraction), ...found, ...signs];
  const frames = marks.filter((mark) => mark.part === "paragraph" || mark.part === "sentence");
  const walls = [...new Set(frames.flatMap((mark) => [mark.start, mark.end]))].sort((a, b) => a - b);
  const root = make("div");
  weave(root, extraction.text, marks.flatMap((mark) => cut(mark, walls)), links);
  return [...root.childNodes];
}

/** The sign that an editor set `finding` right. */
const tick = (finding) => (isCorrected(finding) ? "✓" : "");

function paragraphsOf({ sentences, text }) {
  const firsts = sentences.filter((sentence, index) => index === 0 || sentence.paragraph !== sentences[index - 1].paragraph);
  return firsts.map((first, index) => ({
    part: "paragraph",
    start: index === 0 ? 0 : lineStart(text, first),
    end: firsts[index + 1] ? lineStart(text, firsts[index + 1]) : text.length,
    tag: BLOCKS[first.role] ?? "p",
    classes: [first.role],
  }));
}

/** Where the line of the first sentence of a paragraph starts: marks of emphasis before it belong to it. */
function lineStart(text, sentence) {
  const before = text.lastIndexOf("\n", sentence.start - 1) + 1;
  return /[\p{L}\p{N}]/u.test(text.slice(before, sentence.start)) ? sentence.start : before;
}

function sentencesOf({ sentences }) {
  return sentences.map((sentence) => {
    const mark = { part: "sentence", ...sentence, classes: [sentence.role] };
    if (!sentence.label) return { ...mark, id: null };
    const names = labelsOf(sentence).map((label) => LABELS[label].name);
    const sure = sureness(sentence);
    const unsure = sure < UNCERTAIN;
    const sign = labelsOf(sentence).map((label) => LABELS[label].sign).join("") + (unsure ? "?" : "") + tick(sentence);
    const words = `${names.join(" and ")}, ${sureWords(sentence, sure)}`;
    return { ...mark, classes: [sentence.label, unsure && "uncertain"], sign, words, spoken: `Sentence: ${words}` };
  });
}

function quotationsOf({ quotations, speakers }) {
  const byId = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  const signs = speakerSigns(speakers);
  return quotations.flatMap((quotation) => {
    const { id, kind, confidence } = quotation;
    const speaker = byId.get(quotation.speaker);
    const unsure = confidence < UNCERTAIN;
    const classes = [standingClass(quotation), unsure && "uncertain"];
    const sign = [signs.get(quotation.speaker) ?? "?", standing(quotation)].filter(Boolean).join(" ") + (unsure && speaker ? "?" : "") + tick(quotation);
    const words = [speakerWords(speaker), kind, standing(quotation), sureWords(quotation, confidence)].filter(Boolean).join(" · ");
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
    ...sentences.flatMap((sentence) => sentence.evidence.map((span) => ({ part: "evidence", ...span, id: sentence.id, classes: [] }))),
    ...speakers.flatMap((speaker) => speaker.mentions.map((span) => ({ part: "mention", ...span, id: speaker.id, classes: [], words: speakerWords(speaker) }))),
    ...terms.map((span, index) => ({
      part: "term", ...span, id: `t${index + 1}`, classes: [], sign: "“ ”", words: "in quotation marks, quoting nobody", spoken: `Quoted term: ${span.text}`,
    })),
    ...quantities.map((quantity) => {
      const who = quantity.speaker ? `says ${speakerWords(byId.get(quantity.speaker))}` : "says the article";
      const words = [quantityWords(quantity), who, isCorrected(quantity) && "corrected by an editor"].filter(Boolean).join(" · ");
      return { part: "quantity", ...quantity, also: [], classes: [isCorrected(quantity) && "corrected"], words, spoken: `${quantity.text}: ${words}`, button: true };
    }),
  ];
}

/** The sign of `mark`, of no length: before it, and before the quotation mark that opens it. */
function signOf(mark, text) {
  const opens = mark.part !== "sentence" && mark.start > 0 && OPENING.test(text[mark.start - 1]);
  const at = opens ? mark.start - 1 : mark.start;
  return { ...mark, part: mark.part === "sentence" ? "sentence-sign" : "sign", signs: mark.part, start: at, end: at, also: [] };
}

/** `mark` in pieces that cross none of `walls` (sorted). */
function cut(mark, walls) {
  if (RANKS.indexOf(mark.part) < FRAMES || mark.part === "sign") return [mark];
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

const piece = (mark, start, end) => ({ ...mark, start, end, button: mark.button && start === mark.start });

function before(one, other) {
  const [first, second] = [one, other].map((mark) => Math.min(RANKS.indexOf(mark.part), FRAMES + 1));
  return one.start - other.start || first - second || other.end - one.end || RANKS.indexOf(one.part) - RANKS.indexOf(other.part);
}

/** Append `text` to `root`, nested in the elements of `marks`; a mark that crosses the end of another is split there. */
function weave(root, text, marks, links) {
  const waiting = marks.filter((mark) => mark.end > mark.start || mark.signs).sort(before);
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

/** The element of `mark`; a sign is drawn by the style sheet and so no part of the text. */
function draw(mark, links) {
  const stop = { role: "button", tabindex: -1, "data-stop": true, "aria-label": mark.spoken };
  const names = [mark.signs ? `sign ${mark.signs}` : mark.part === "paragraph" ? "" : `mark ${mark.part}`, ...mark.classes];
  const attributes = { class: names.filter(Boolean).join(" "), ...((mark.signs || mark.button) && stop), ...(mark.signs && { "data-sign": mark.sign }) };
  const element = make(mark.tag ?? "span", attributes);
  if (mark.id) links.add(element, mark);
  return element;
}

// What was found, in words: names and signs of labels, how sure they are, numbers, speakers.

export const LABELS = {
  quotation: { name: "Quotation", sign: "Q" },
  numerical_claim: { name: "Number", sign: "N" },
  editorial_assertion: { name: "Opinion", sign: "O" },
  factual_statement: { name: "Fact", sign: "F" },
};
export const UNCERTAIN = 0.7;

const MODIFIERS = { about: "about ", more_than: "more than ", at_least: "at least ", less_than: "less than ", at_most: "at most " };
export const KINDS = { organization: "organisation", unnamed: "unnamed source", person: "person", group: "group", document: "document" };
export const QUANTITY_KINDS = [
  "money", "percent", "count", "ratio", "duration", "age", "length", "area", "mass", "volume", "speed", "temperature", "energy", "power", "data", "score", "rank", "other",
];
const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 9 });

export const percent = (share) => `${Math.round(share * 100)}%`;
export const kindWords = (speaker) => KINDS[speaker.kind];

/** How sure the label of a sentence is; a fact is as sure as no other label holds. */
export function sureness(sentence) {
  const { label, scores } = sentence;
  return label === "factual_statement" ? 1 - Math.max(0, ...Object.values(scores)) : (scores[label] ?? 1);
}

/** Whether an editor set a finding right. */
export const isCorrected = (finding) => finding.corrections?.length > 0;

/** How sure a finding is, in words. */
export function sureWords(finding, sure) {
  if (isCorrected(finding)) return "corrected by an editor";
  return `${sure < UNCERTAIN ? "uncertain, " : ""}${percent(sure)} sure`;
}

/** The labels of a sentence, the one that stands for it first. */
export const labelsOf = (sentence) => [...new Set([sentence.label, ...sentence.labels])].filter(Boolean);

/** "imagined", "denied" or "thought" where a quotation was not simply uttered. */
export function standing(quotation) {
  if (quotation.status === "hypothetical") return "imagined";
  if (quotation.status === "denied") return "denied";
  return quotation.act === "thought" ? "thought" : "";
}

/** The class that says how a quotation is underlined. */
export function standingClass(quotation) {
  if (quotation.status !== "asserted") return quotation.status;
  return quotation.act === "thought" ? "thought" : "asserted";
}

/** A few letters for each speaker, by id: initials of a name, else its first word, and a number where two agree. */
export function speakerSigns(speakers) {
  const taken = new Map();
  return new Map(speakers.map((speaker) => {
    const letters = initials(speaker.name);
    taken.set(letters, (taken.get(letters) ?? 0) + 1);
    return [speaker.id, taken.get(letters) > 1 ? `${letters}${taken.get(letters)}` : letters];
  }));
}

function initials(name) {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const heads = words.filter((word) => /^\p{Lu}/u.test(word)).map((word) => word[0]);
  return heads.length > 1 ? heads.slice(0, 3).join("") : (words[0] ?? "?").slice(0, 9);
}

/** The value of a quantity: "more than 9,000", "1–2", "rank 1". */
function valueWords(quantity) {
  const { value, upper, kind, modifier, change } = quantity;
  const range = upper === null ? NUMBER.format(value) : `${NUMBER.format(value)}–${NUMBER.format(upper)}`;
  const direction = { increase: "up ", decrease: "down " }[change] ?? "";
  return direction + (MODIFIERS[modifier] ?? "") + (kind === "rank" ? `rank ${range}` : range);
}

/** The unit of a quantity, with what it is reckoned for: "GBP", "%", "tonnes per year". */
function unitWords(quantity) {
  const { kind, unit, unit_text: written, per, value, upper } = quantity;
  const plain = unit === "percent" ? "%" : kind === "money" ? unit : value === 1 && upper === null ? unit : (written ?? unit);
  return [plain, per && `per ${per}`].filter(Boolean).join(" ");
}

/** A quantity in a phrase. */
export const quantityWords = (quantity) => `${valueWords(quantity)} ${unitWords(quantity)}`.trim().replace(" %", "%");

/** Whose quotation it is, as a phrase: "Viktor Adjei, leader of the campaign". */
export const speakerWords = (speaker) => (speaker ? [speaker.name, speaker.role].filter(Boolean).join(", ") : "nobody named");

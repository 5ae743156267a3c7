/**
 * Words that Porter's stemmer takes for forms of one word although they name other things: who looks for transformers does
 * not look for all that transforms. Each line: what is kept as one word of its own, by its first form, which no other word's
 * stem is. Errors of this kind are told in Krovetz 1993, "Viewing morphology as an inference process".
 */
const groups = `
  transformer transformers
  experience experiences experienced experiencing experiential
  several
  severity severities severe severely
  university universities
  universe universes
  organs organ
  international internationally
  animals animal
  emergency emergencies
  numerous
  customers customer
  positive positives positively positivity
  imports import imported importing
  authority authorities authoritative
  operators operator
  relativity
  objective objectives
  subjective subjectivity subjectively
  critical critically criticality
  critics critic
  additive additives
  formations formation
  conversation conversations conversational
  conversely
  mechanism mechanisms mechanistic
  generalize generalizes generalized generalizing generalization generalizations generalizability generalizable
  secrets secret secretly secrecy
  buildings
  hardness
`;

/** The stems of such words, by each of their forms. In one spelling (spelling.ts). */
export const keptApart: ReadonlyMap<string, string> = new Map(
  groups
    .trim()
    .split("\n")
    .flatMap((line) => {
      const forms = line.trim().split(/\s+/);
      return forms.map((form): [string, string] => [form, forms[0] ?? form]);
    }),
);

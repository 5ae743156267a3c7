import { expect, test } from "vitest";
import { analyseText } from "#lib/search/analyse-text.ts";

const stem = (word: string) => analyseText(word).stems.join(" ");

test.each([
  "optimise optimize",
  "optimisation optimization",
  "analysis analyses analyse analyze analysing analyzer",
  "synthesis syntheses synthesise synthesize",
  "hypothesis hypotheses",
  "metastasis metastases",
  "behaviour behavior behavioural",
  "colouring coloring",
  "centre centers centred centered",
  "fibres fiber",
  "catalogue catalogs",
  "anaemia anemia",
  "haemoglobin hemoglobin",
  "paediatric pediatric",
  "oedema edema",
  "aetiology etiology",
  "matrices matrix",
  "indices index indexes",
  "phenomena phenomenon",
  "spectra spectrum",
  "modelling modeling modelled models",
  "programmes program",
  "aeroplane airplanes",
])("one stem for %s", (words) => {
  expect(new Set(words.split(" ").map(stem)).size).toBe(1);
});

test.each([
  "noise nose",
  "basis base",
  "genre gender",
  "four for",
  "poetry petry",
  "prise prize",
  "parameter diameter",
  "hour hor",
])("apart: %s", (words) => {
  const [one = "", other = ""] = words.split(" ");
  expect(stem(one)).not.toBe(stem(other) || "nothing");
});

test("a word and its noun in -ision stay together", () => {
  expect(stem("supervised")).toBe(stem("supervision"));
  expect(stem("precise")).toBe(stem("precision"));
});

test.each([
  "transformers transforms",
  "experience experiments",
  "university universal",
  "organs organization",
  "international internal",
  "animals animation",
  "emergency emergence",
  "numerous numerical",
  "positive position",
  "imported important",
  "severe several",
  "objective objects",
  "secret secretion",
  "generalization generally",
])("two stems for %s, which Porter's stemmer takes for one", (words) => {
  const [one, other] = words.split(" ").map(stem);
  expect(one).not.toBe(other);
});

test.each(["transformer transformers", "generalise generalization", "experienced experience"])(
  "and still one for %s",
  (words) => {
    const [one, other] = words.split(" ").map(stem);
    expect(one).toBe(other);
  },
);

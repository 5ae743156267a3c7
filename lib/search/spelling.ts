/**
 * One spelling for words that are written in two ways: American for British, `-is` nouns and their plurals alike, Latin plurals
 * as their singulars, the sound of ae and oe as e. What comes out is for comparing, not for reading: it need not be a word, it
 * must only be the same for both spellings and for no other word. Takes and gives lower case a to z.
 */
export function oneSpelling(word: string): string {
  if (word.length < 4) return word;
  const known = oneByOne.get(word);
  if (known !== undefined) return known;
  if (!twoWays.test(word)) return word;
  let spelt = word;
  for (const [pattern, instead] of spellings) spelt = spelt.replace(pattern, instead);
  return spelt;
}

// What every rule looks for: nine words of ten have none of it.
const twoWays = /[iy]s[aei]|[aeoy]sis$|our|red?s?$|ogue|ae|oe|sulph|ices$/;

// Each rule keeps apart what is not the same: `vision` needs its s, so -vise and -cise stay (supervise, precise).
const spellings: readonly (readonly [RegExp, string])[] = [
  // optimise, optimisation → optimize; not noise, raise, precise, revise.
  [/(?<=^[a-z]{2,}[^aeiouvc])is(e|ed|es|er|ers|ing|ation|ations|able)$/, "iz$1"],
  // analyse, analyses, analysis → analyze; catalysis, hydrolysis, paralyse.
  [/(?<=^(?:ana|cata|para|dia|hydro|electro|photo|psychoana|meta|uro|pyro|bio|radio|thermo)l)ys(?:is|es|e)$/, "yze"],
  [/(?<=^(?:ana|cata|para|dia|hydro|electro|photo|psychoana|pyro)l)ys(ed|er|ers|ing)$/, "yz$1"],
  // synthesis, hypothesis, diagnosis, metastasis as their plurals -eses, -oses, -ases.
  [/(?<=^[a-z]{4,}[aeo])sis$/, "ses"],
  // behaviour, colour, tumour, vapour and what is made of them.
  [
    /^(arm|behavi|cand|clam|col|discol|endeav|fav|flav|harb|hon|hum|lab|neighb|od|parl|rig|rum|sav|tum|val|vap|vig)our/,
    "$1or",
  ],
  // centre, fibre, metre, litre, theatre; centred.
  [/(?<=(?:cent|^fib|fib|met|^lit|theat|calib|spect|lust))re(?=s?$)/, "er"],
  [/(?<=(?:cent|^fib))red$/, "ered"],
  // catalogue, dialogue, analogue.
  [/(?<=^[a-z]{2,}l)ogue(s|d)?$/, "og$1"],
  // anaemia, haematology, ischaemic, leukaemia, paediatric, anaesthesia, oedema, oestrogen, foetal, caesarean.
  [/(?<=^|[a-z])(?:ae)(?=m(?:i|o|a|at)|di|sth|ti?olog|sar|siu|cal|ces)/, "e"],
  [/oe(?=dem|stro|sopha|tal|tus|cia)/, "e"],
  [/rrhoea/, "rrhea"],
  [/sulph/, "sulf"],
  // matrices, vertices, indices, vortices; simplices, helices.
  [/(?<=^(?:ap|vert|vort|cort|ind|cod|lat))ices$/, "ex"],
  [/(?<=^(?:bi|sub)?(?:matr|append|hel|direct|simpl|compl))ices$/, "ix"],
];

const oneByOne = new Map(
  Object.entries({
    aeroplane: "airplane",
    aeroplanes: "airplanes",
    ageing: "aging",
    aluminium: "aluminum",
    artefact: "artifact",
    artefacts: "artifacts",
    automata: "automaton",
    axes: "axis",
    bacteria: "bacterium",
    children: "child",
    crises: "crisis",
    criteria: "criterion",
    defence: "defense",
    defences: "defenses",
    disc: "disk",
    discs: "disks",
    equilibria: "equilibrium",
    extrema: "extremum",
    feet: "foot",
    foci: "focus",
    formulae: "formulas",
    genera: "genus",
    grey: "gray",
    halves: "half",
    judgement: "judgment",
    judgements: "judgments",
    leaves: "leaf",
    licence: "license",
    licences: "licenses",
    loci: "locus",
    manoeuvre: "maneuver",
    manoeuvres: "maneuvers",
    manoeuvring: "maneuvering",
    maxima: "maximum",
    mice: "mouse",
    minima: "minimum",
    momenta: "momentum",
    mould: "mold",
    moulds: "molds",
    nuclei: "nucleus",
    offence: "offense",
    optima: "optimum",
    phenomena: "phenomenon",
    plough: "plow",
    practise: "practice",
    practised: "practiced",
    programme: "program",
    programmes: "programs",
    quanta: "quantum",
    radii: "radius",
    sceptical: "skeptical",
    spectra: "spectrum",
    stimuli: "stimulus",
    strata: "stratum",
    teeth: "tooth",
    theses: "thesis",
    women: "woman",
    men: "man",
    zeros: "zeroes",
  }),
);

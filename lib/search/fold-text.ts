/** Lower case, one form for each letter: é → e, ﬁ → fi, ² → 2, ß → ss, α → alpha; no apostrophes; all hyphens alike. */
export function foldText(text: string): string {
  return withoutSigns(isPlain(text) ? text.toLowerCase() : foldLetters(text));
}

/** Possessives lose their ending, other apostrophes close up; C++ and F# become words; all hyphens are alike. */
function withoutSigns(text: string): string {
  const closed = /['’ʼ]/.test(text) ? text.replace(/(?<=[\p{L}\p{N}])['’ʼ]s?(?![\p{L}\p{N}])|['’ʼ]/gu, "") : text;
  const named = /\+\+|#/.test(closed)
    ? closed.replace(
        /(?<![\p{L}\p{N}])([cf])(?:\+\+|#)(?![\p{L}\p{N}])/gu,
        (sign, letter: string) => letter + (sign.endsWith("#") ? "sharp" : "plusplus"),
      )
    : closed;
  return named.replace(/[‐‑‒⁃−]/g, "-");
}

function foldLetters(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßøłđðþæœı]/g, (letter) => foldedLetters[letter] ?? letter)
    .replace(/(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/gu, (letter) => greekNames[letter] ?? letter);
}

const foldedLetters: Record<string, string> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
};

const greekNames: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ν: "nu",
  ξ: "xi",
  ο: "omicron",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  ς: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
};

/** Nothing beyond ASCII. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** `\bigO{n}`, `\GF{5}`: the macro brings its own brackets. */
export function bracketArguments(tex: string): string {
  return tex.replace(/(\\(?:GF|bigO))\{([^{}]*)\}/g, "$1($2)");
}

/** Macros of authors' and journals' styles that recur in abstracts though nobody defines them there. No arguments. */
export const authorMacros: Record<string, string> = {
  "\\C": "\\mathbb{C}",
  "\\E": "\\mathbb{E}",
  "\\F": "\\mathbb{F}",
  "\\N": "\\mathbb{N}",
  "\\Q": "\\mathbb{Q}",
  "\\R": "\\mathbb{R}",
  "\\Z": "\\mathbb{Z}",
  "\\bC": "\\mathbb{C}",
  "\\bR": "\\mathbb{R}",
  "\\bZ": "\\mathbb{Z}",
  "\\bbR": "\\mathbb{R}",
  "\\GF": "\\mathrm{GF}",
  "\\KL": "\\mathrm{KL}",
  "\\eps": "\\varepsilon",
  "\\lam": "\\lambda",
  "\\bigO": "\\mathcal{O}",
  "\\msun": "M_\\odot",
  "\\Msun": "M_\\odot",
  "\\rsun": "R_\\odot",
  "\\lsun": "L_\\odot",
  "\\la": "\\lesssim",
  "\\ga": "\\gtrsim",
  "\\lsim": "\\lesssim",
  "\\gsim": "\\gtrsim",
  "\\kms": "\\mathrm{km\\,s^{-1}}",
};

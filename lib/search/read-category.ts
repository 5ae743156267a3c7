// https://arxiv.org/category_taxonomy, and the archives that ended before 2008 whose papers keep their class.
const archives = new Set(
  `astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex nucl-th physics q-bio q-fin
  quant-ph stat acc-phys adap-org alg-geom ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th
  patt-sol plasm-ph q-alg solv-int supr-con`.split(/\s+/),
);

/** An arXiv class (`cs.LG`) or archive (`cs`) as arXiv writes it, however the reader's letters are; null when it is neither. */
export function readCategory(typed: string): string | null {
  const [archive = "", subject, ...more] = typed.toLowerCase().split(".");
  if (!archives.has(archive) || more.length > 0) return null;
  if (subject === undefined) return archive;
  if (/^[a-z]{2}$/.test(subject)) return `${archive}.${subject.toUpperCase()}`;
  return /^[a-z]+(-[a-z]+)?$/.test(subject) ? `${archive}.${subject}` : null;
}

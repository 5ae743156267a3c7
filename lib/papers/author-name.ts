import { plainText } from "#lib/papers/plain-text.ts";

/** A name in the parts that a bibliography needs. A team, a firm or a name of one word is `collective`: never to be turned round. */
export type AuthorName =
  | { kind: "collective"; name: string }
  | { kind: "person"; given: string; family: string; suffix: string | null }
  | { kind: "others" };

const collectiveWord =
  /\b(?:collaborations?|teams?|consortium|groups?|labs?|laborator(?:y|ies)|project|initiative|institutes?|university|universit[éäà]t?|authors|community|foundation|inc|research|committee|alliance|network|centers?|centre|company|corporation|department|organi[sz]ation|society|contributors|task force)\b|\bAI\b|[@&:/\d]/i;
const suffix = /^(?:Jr\.?|Sr\.?|II|III|IV)$/;
const particle =
  /^(?:van|von|der|den|de|del|della|di|da|das|dos|do|du|la|le|ten|ter|te|zu|zur|zum|af|av|bin|ibn|el|al|st\.|'t|Van|Von|De|Del|Della|Dos)$/;

/** Reads an author's name as sources write it: "Ludwig van Beethoven", "Sammy Davis Jr.", "Curie, Marie", "Kimi Team". */
export function readAuthorName(typed: string): AuthorName {
  const name = plainText(typed)
    .replace(/\s*\([^()]*\)\s*$/g, "")
    .replace(/[,;]\s*$/, "")
    .trim();
  if (/^(?:et\.? al\.?|and others|others)$/i.test(name)) return { kind: "others" };
  if (isCollective(name)) return { kind: "collective", name };
  return name.includes(",") ? readInvertedName(name) : readNaturalName(name.split(" "));
}

function isCollective(name: string): boolean {
  const isOneWord = !/[\s,]/.test(name);
  const isAcronymic = /\bai\b/.test(name) || collectiveWord.test(name.replace(/\bAi\b/g, ""));
  return isOneWord || /^the\s/i.test(name) || /\sand\s/i.test(name) || isAcronymic || name.split(",").length > 3;
}

/** "Curie, Marie", "King, Jr., Martin Luther", and "Martin Luther King, Jr.". */
function readInvertedName(name: string): AuthorName {
  const [first = "", second = "", third] = name.split(",").map((part) => part.trim());
  if (suffix.test(second) && third === undefined) {
    const person = readNaturalName(first.split(" "));
    return person.kind === "person" ? { ...person, suffix: second } : person;
  }
  if (third !== undefined) return { kind: "person", given: third, family: first, suffix: second };
  return { kind: "person", given: second, family: first, suffix: null };
}

function readNaturalName(words: string[]): AuthorName {
  const last = words.at(-1) ?? "";
  const hasSuffix = words.length > 2 && suffix.test(last);
  const names = hasSuffix ? words.slice(0, -1) : words;
  const firstParticle = names.findIndex(
    (word, index) => index < names.length - 1 && particle.test(word) && (index > 0 || /^[a-z]/.test(word)),
  );
  const familyStart = firstParticle >= 0 ? firstParticle : names.length - 1;
  return {
    kind: "person",
    given: names.slice(0, familyStart).join(" "),
    family: names.slice(familyStart).join(" "),
    suffix: hasSuffix ? last : null,
  };
}

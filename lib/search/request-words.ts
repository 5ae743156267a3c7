/**
 * A question without what it says of the asking: "I am interested in papers that deal with wings" asks for wings. Such words are
 * no stop words, for papers are written about reports and interests too; only where they ask are they left out. A line that
 * says nothing else stays as it is.
 */
export function withoutRequest(text: string): string {
  if (!mayAsk.test(text)) return text;
  let rest = text;
  for (const pattern of requests) rest = rest.replace(pattern, " ");
  return /[\p{L}\p{N}]{2}/u.test(rest) ? rest : text;
}

const writings = "(?:papers?|articles?|publications?|references?|documents?)";
// Words of subjects too: they ask only where a sentence begins with them, or with any, some, all before them.
const works = "(?:literature|reports?|information|material|anything|everything|something|work|research|stud(?:y|ies))";
const beforeWorks = "(?:^|[.?!;:])\\s*(?:the\\s+)?|\\b(?:any|some|all|recent|available|existing|other)\\s+";
const about =
  "(?:(?:that|which|who|to|can|could|has been|have been|are|is|were)\\s+)*(?:about|on|regarding|concern(?:ed|s|ing)?(?: with)?|deal(?:s|ing)? with|discuss(?:es|ing)?|describ(?:e|es|ing)|relat(?:ed|ing) to|pertain(?:s|ing) to|address(?:es|ing)?|treat(?:s|ing)?)";

// Whether any of the patterns can match: most lines are a few words, and pass at once.
const mayAsk =
  /\b(?:interested|looking|searching|find|give|show|list|tell|know|known|any|papers?|articles?|publications?|references?|literature|reports?|documents?|information|material|work|research|stud(?:y|ies)|possible|investigated|studied)\b/i;

const requests = [
  /\b(?:i am|i'm|i’m|we are|i was|i would be|i'd be)\s+(?:\w+ly\s+|also\s+)?(?:interested in|looking for|searching for|trying to find)\b/gi,
  /\bi(?:'d| would) (?:like|want) (?:to (?:find|know|see|read|get|have))?/gi,
  /^\s*(?:please\s+)?(?:can|could|would) (?:you|anyone|anybody|somebody|someone) (?:\w+ )?(?:find|give|show|list|tell|recommend|suggest|point)\b/gi,
  /^\s*(?:please\s+)?(?:find|give|show|list|get|tell|search for|look for)\s+(?:(?:me|us)(?:\s+(?:all|any|some))?|all|any|some)\b/gi,
  /\b(?:has|have|did) (?:any(?:one|body)|some(?:one|body)) (?:ever |already )?(?:investigated?|stud(?:ied|y)|looked (?:at|into)|look (?:at|into)|tried|try|worked on|work on|examined?|written about|considered?)\b/gi,
  /\bwhat (?:is|was|do we|do you|does one|has been|is there) (?:currently |already )?(?:known?|found|written|published|reported) (?:about|on|of|regarding|concerning)\b/gi,
  /\bis it possible (?:to|that)\b/gi,
  /\b(?:is|are|was|were) there (?:any|some|a|an)?\b/gi,
  new RegExp(String.raw`\b(?:(?:any|some|all|recent|available|existing|other)\s+)?${writings}\s+${about}\b`, "gi"),
  new RegExp(String.raw`(?:${beforeWorks})${works}\s+${about}\b`, "gi"),
];

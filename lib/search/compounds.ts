/**
 * The words that two words are which a hyphen joins, or only a blank where authors write it so too; null when they are just
 * two words. One word where others write one (`data set`, `non-linear`, `two-dimensional`: dataset, nonlinear, 2d); that word and
 * its second part where that is a word of the subject (`multi-agent`: multiagent, agent).
 */
export function joinWords(first: string, second: string, joint: "hyphen" | "blank"): string[] | null {
  const whole = first + second;
  const figure = figures[first];
  if (figure && isDimension(second, joint)) return [`${figure}d`];
  if (isOneWord(first, second, joint)) return [whole];
  return second.length > 2 && isPrefix(first, second, joint) ? [whole, second] : null;
}

function isDimension(second: string, joint: "hyphen" | "blank"): boolean {
  return dimensions.has(second) || (joint === "hyphen" && second === "d");
}

function isOneWord(first: string, second: string, joint: "hyphen" | "blank"): boolean {
  if (pairs.has(`${first} ${second}`)) return joint === "hyphen" || !asVerbs.has(second);
  if (second === "wise") return first.length > 2;
  // Alone, the second part would say the contrary.
  return second.length > 2 && (openDenials.has(first) || (joint === "hyphen" && denials.has(first)));
}

function isPrefix(first: string, second: string, joint: "hyphen" | "blank"): boolean {
  return (
    openPrefixes.has(first) ||
    (joint === "hyphen" && prefixes.has(first)) ||
    (first === "fine" && second.startsWith("tun"))
  );
}

/** Whether a word can be the first part where only a blank follows: most cannot, which saves asking. */
export function mayJoinNext(word: string): boolean {
  return firstParts.has(word);
}

/** Whether it is joined with whatever follows, nearly; other first parts only with some of `secondParts`. */
export function joinsAnything(word: string): boolean {
  return openPrefixes.has(word) || openDenials.has(word) || word === "fine";
}

/** `speed up` and `set up` are nouns with a hyphen, verbs without. */
const asVerbs = new Set(["up", "down", "ahead", "out", "in"]);

const figures: Record<string, string> = { one: "1", two: "2", three: "3", four: "4", 1: "1", 2: "2", 3: "3", 4: "4" };

const dimensions = new Set(["dimensional", "dimension", "dimensions"]);

const openDenials = new Set(["non", "anti"]);
const denials = new Set(["un", "dis", "e"]);

/** Nobody writes these as words of their own and means something else. */
const openPrefixes = new Set(["multi", "semi", "pre", "quasi", "pseudo", "spatio", "auto", "inter", "intra", "hyper"]);

const prefixes = new Set(
  `post sub super ultra micro macro mini nano bi tri uni mono poly meta co re over under trans iso infra extra
  electro thermo aero hydro magneto photo bio geo radio socio neuro psycho visuo cyber omni proto`.split(/\s+/),
);

// Pairs of which both forms are frequent in abstracts.
const pairs = new Set(
  `air craft,air flow,air foil,back bone,back end,back ground,back propagation,band gap,band width,base line,bench mark,
  bit rate,block chain,break down,by product,check point,code base,common sense,core set,crowd sourced,crowd sourcing,
  data base,data bases,data flow,data set,data sets,down sampling,down stream,feed back,feed forward,fire wall,floor plan,
  floor plans,flow chart,frame work,front end,grid world,hand crafted,hand held,hand written,hard ware,
  health care,heat map,heat maps,key frame,key frames,key point,key points,key word,key words,life cycle,life time,
  light weight,line width,long standing,look ahead,look up,micro scope,name space,net work,off line,
  on board,on line,over fitting,photo realistic,plug in,road map,road side,roll out,run time,semi conductor,
  set up,side band,soft ware,space craft,space time,speed up,speed ups,stand alone,test bed,text book,through put,
  time line,time scale,time scales,time stamp,time step,time steps,trade off,trade offs,turbo jet,up sampling,warm up,
  wave form,wave forms,wave front,wave guide,wave guides,wave length,wave lengths,wave number,web page,web pages,web site,
  web sites,well being,wide spread,work flow,work flows,work load,work space`.split(/,\s*/),
);

const firstParts = new Set([
  ...openPrefixes,
  ...openDenials,
  "fine",
  ...Object.keys(figures),
  ...[...pairs].map((pair) => pair.slice(0, pair.indexOf(" "))),
]);

/** What may be the second part after a blank, of first parts that do not join anything. */
export const secondParts: readonly string[] = [
  ...dimensions,
  "wise",
  ...[...pairs].map((pair) => pair.slice(pair.indexOf(" ") + 1)),
];

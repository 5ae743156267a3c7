/**
 * English words that say how a sentence is built, not what it is about. They are neither indexed nor searched.
 * Kept out of the list although short: words that carry meaning in papers (few-shot, one-shot, all-to-all's "all" is lost).
 */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above across after again against ago al all almost along already also although always am among amongst an and
  another any anybody anyone anything anyway are aren arent around as at away be became because become becomes been
  before behind being below beside besides between beyond both but by came can cannot cant come comes could couldn
  couldnt did didn didnt do does doesn doesnt doing don done dont due during each either else elsewhere enough et
  etc even ever every everyone everything everywhere except for from further furthermore gave get gets getting give
  given gives go goes going gone got had hadn hadnt has hasn hasnt have haven havent having he hence her here hers
  herself him himself his how however i ie if im in indeed instead into is isn isnt it its itself ive just kind know
  let lets like likely made make makes making many may maybe me might mine more moreover most much must my myself
  namely near nearly neither never nevertheless no nobody none nor not nothing now nowhere of off often on once only
  onto or other others otherwise ought our ours ourselves out over own per perhaps please put quite rather really said
  same say says see seem seemed seems seen she should shouldn shouldnt since so some somehow someone something
  sometimes somewhat somewhere still such take taken takes than that thats the their theirs them themselves then thence
  there thereby therefore therein theres these they theyre thing things this those though through throughout thus to
  together too toward towards under unless until unto up upon us use used uses using usually various very via want was
  wasn wasnt we well went were weren werent weve what whatever when whenever where whereas whereby wherein wherever
  whether which whichever while who whoever whole whom whose why will with within without won wont would wouldn wouldnt
  yes yet you youd youll your youre yours yourself yourselves youve`.split(/\s+/),
);

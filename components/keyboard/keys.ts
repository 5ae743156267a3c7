export type Command =
  | "next"
  | "previous"
  | "open"
  | "original"
  | "upvote"
  | "compact"
  | "earlier"
  | "later"
  | "latest"
  | "trending"
  | "search-page"
  | "search"
  | "help";

export type Shortcut = { keys: readonly [string] | readonly ["g", string]; does: string; command: Command };

/** Every key that does something, as the help tells it and as it is obeyed: one list, so that neither can lie. */
export const shortcutGroups: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  {
    title: "In a list of papers",
    shortcuts: [
      { keys: ["j"], does: "next paper, and at the end the way on", command: "next" },
      { keys: ["k"], does: "previous paper", command: "previous" },
      { keys: ["o"], does: "open the paper", command: "open" },
      { keys: ["c"], does: "compact: titles with two lines, or whole abstracts", command: "compact" },
    ],
  },
  {
    title: "With the paper that is chosen, or on its page",
    shortcuts: [
      { keys: ["v"], does: "view the original on arXiv", command: "original" },
      { keys: ["u"], does: "upvote, or take the upvote back", command: "upvote" },
    ],
  },
  {
    title: "From page to page",
    shortcuts: [
      { keys: ["h"], does: "the day, week or month before", command: "earlier" },
      { keys: ["l"], does: "the day, week or month after", command: "later" },
      { keys: ["g", "h"], does: "go to the latest edition", command: "latest" },
      { keys: ["g", "t"], does: "go to what is trending", command: "trending" },
      { keys: ["g", "s"], does: "go to the search page", command: "search-page" },
      { keys: ["/"], does: "write in the search line", command: "search" },
      { keys: ["?"], does: "show these keys", command: "help" },
    ],
  },
];

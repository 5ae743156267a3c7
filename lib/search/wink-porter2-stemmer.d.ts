declare module "wink-porter2-stemmer" {
  /** The Porter 2 stem of one English word in lower case. */
  export default function stem(word: string): string;
}

/** Kinds of problems: what the messages of many records have in common, so that they can be counted although few are kept. */

/** What a message says of any record: what it quotes and counts is left out, and that it stands for the first of many. */
export function kindOf(message: string): string {
  return message
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/\p{N}[\p{N},.]*/gu, '…')
    .replace(/^… (.*) \(the first is here\)$/s, '$1')
    .slice(0, 200)
}

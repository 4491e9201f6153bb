/** Addresses of sentences, which other programs and notes can hold: `espalier://sentence/12?workspace=/home/ada/press`. */

export const addressScheme = 'espalier'

export interface SentenceAddress {
  readonly sentenceId: number
  /** Folder of its workspace; null where the address does not say. */
  readonly workspace: string | null
}

/** @returns null for what is no such address. */
export function readAddress(text: string): SentenceAddress | null {
  const url = URL.parse(text.trim())
  if (url?.protocol !== `${addressScheme}:` || url.host !== 'sentence') return null
  const sentenceId = /^\/(\d{1,15})\/?$/.exec(url.pathname)?.[1]
  return sentenceId === undefined
    ? null
    : { sentenceId: Number(sentenceId), workspace: url.searchParams.get('workspace') }
}

export function writeAddress({ sentenceId, workspace }: SentenceAddress): string {
  const query = workspace === null ? '' : `?${new URLSearchParams({ workspace }).toString()}`
  return `${addressScheme}://sentence/${sentenceId}${query}`
}

/** Facts about what goes with a workspace that is deleted for good, as sentences for the person. */

export interface WorkspaceErasure {
  readonly folder: string
  /** Name of the folder, which is typed to agree. */
  readonly name: string
  readonly bytes: number
  /** null where the database cannot be read. */
  readonly counts: { readonly corpora: number; readonly sentences: number; readonly runs: number } | null
  /** Names in the folder that stay, since Espalier did not write them. */
  readonly stays: readonly string[]
}

export function erasureFactsOf({ folder, bytes, counts, stays }: WorkspaceErasure): readonly string[] {
  const held = counts
    ? `${counts.corpora} corpora with ${counts.sentences} sentences and everything that was annotated, ${counts.runs} runs with their models; what is in the bin too.`
    : 'A database that cannot be read.'
  return [
    `${folder}: ${(bytes / 1e6).toFixed(1)} MB. Nothing brings it back but a backup.`,
    held,
    ...(stays.length === 0
      ? []
      : [
          `These stay, since Espalier did not write them: ${stays.slice(0, 5).join(', ')}${stays.length > 5 ? ' …' : ''}.`,
        ]),
  ]
}

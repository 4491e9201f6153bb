/** What purging does, told before it is done, in the window and on the command line alike. */
export function purgeFacts(entries: number, backups: number): readonly string[] {
  return [
    `Everything in the bin goes for good (${entries}).`,
    `The kept backups of the database hold what was deleted still: they go, too (${backups}). The next one is made within a day.`,
    'The database is written anew without what was ever deleted. That takes seconds, and minutes with a million sentences, in which the window does not answer.',
    'Backups that you made elsewhere, exports, and what the file system keeps of deleted files are not reached.',
  ]
}

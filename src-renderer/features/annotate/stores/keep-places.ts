/** The items of a queue that was fetched again, with those that have left it but stay on screen behind the items that stood before them. */
import type { QueueItem } from '#main/document/queue'

export function keepPlaces(
  shown: readonly QueueItem[],
  fetched: readonly QueueItem[],
  staying: readonly QueueItem[],
): QueueItem[] {
  const placed = [...fetched]
  const stays = new Set(staying)
  for (const [at, item] of shown.entries()) {
    if (!stays.has(item) || placed.some(({ sentenceId }) => sentenceId === item.sentenceId)) continue
    const before = shown[at - 1]?.sentenceId
    placed.splice(placed.findIndex(({ sentenceId }) => sentenceId === before) + 1, 0, item)
  }
  return placed
}

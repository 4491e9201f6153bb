/** A moment as people read it. */

/** "23 Nov 2026, 18:07" in the zone of the machine. */
export function formatMoment(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

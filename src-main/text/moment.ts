/** Dates and times as people read them. */

/** A moment as text in the time zone of the machine: "23 Nov 2026, 18:07". */
export function formatMoment(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

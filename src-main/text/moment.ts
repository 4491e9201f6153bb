/** Dates and times as people read them. */

/** A moment as text in the time zone of the machine: "23 Nov 2026, 18:07". */
export function formatMoment(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/** The day of a moment, without the year: "23 Nov". */
export function formatDay(milliseconds: number): string {
  return new Date(milliseconds).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
}

/** The time of day of a moment: "18:07". */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString('en-GB', { timeStyle: 'short' })
}

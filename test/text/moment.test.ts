/** Dates and times as people read them: one form everywhere, whatever the language of the machine. */
import { expect, it } from 'vitest'
import { formatDay, formatMoment, formatTime } from '#main/text/moment'

it('writes a moment, its day and its time alike in every language', () => {
  const moment = new Date(2026, 10, 3, 18, 7, 9).getTime()
  expect([formatMoment(moment), formatDay(moment), formatTime(moment)]).toEqual(['3 Nov 2026, 18:07', '3 Nov', '18:07'])
})
